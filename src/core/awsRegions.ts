/** A region of AWS, for people to choose from. */
export interface AwsRegion {
  /** The id that AWS uses everywhere, such as `eu-west-1`. */
  readonly id: string;
  /** AWS's own English name of the place. */
  readonly place: string;
}

/**
 * The regions of AWS, in the order of their ids within each partition.
 *
 * A region that is not listed works as well: the list only saves typing. Regions that need the
 * account to opt in are listed too.
 * Source: https://docs.aws.amazon.com/general/latest/gr/ecr.html
 */
export const AWS_REGIONS: readonly AwsRegion[] = [
  { id: "af-south-1", place: "Africa (Cape Town)" },
  { id: "ap-east-1", place: "Asia Pacific (Hong Kong)" },
  { id: "ap-east-2", place: "Asia Pacific (Taipei)" },
  { id: "ap-northeast-1", place: "Asia Pacific (Tokyo)" },
  { id: "ap-northeast-2", place: "Asia Pacific (Seoul)" },
  { id: "ap-northeast-3", place: "Asia Pacific (Osaka)" },
  { id: "ap-south-1", place: "Asia Pacific (Mumbai)" },
  { id: "ap-south-2", place: "Asia Pacific (Hyderabad)" },
  { id: "ap-southeast-1", place: "Asia Pacific (Singapore)" },
  { id: "ap-southeast-2", place: "Asia Pacific (Sydney)" },
  { id: "ap-southeast-3", place: "Asia Pacific (Jakarta)" },
  { id: "ap-southeast-4", place: "Asia Pacific (Melbourne)" },
  { id: "ap-southeast-5", place: "Asia Pacific (Malaysia)" },
  { id: "ap-southeast-6", place: "Asia Pacific (New Zealand)" },
  { id: "ap-southeast-7", place: "Asia Pacific (Thailand)" },
  { id: "ca-central-1", place: "Canada (Central)" },
  { id: "ca-west-1", place: "Canada West (Calgary)" },
  { id: "eu-central-1", place: "Europe (Frankfurt)" },
  { id: "eu-central-2", place: "Europe (Zurich)" },
  { id: "eu-north-1", place: "Europe (Stockholm)" },
  { id: "eu-south-1", place: "Europe (Milan)" },
  { id: "eu-south-2", place: "Europe (Spain)" },
  { id: "eu-west-1", place: "Europe (Ireland)" },
  { id: "eu-west-2", place: "Europe (London)" },
  { id: "eu-west-3", place: "Europe (Paris)" },
  { id: "il-central-1", place: "Israel (Tel Aviv)" },
  { id: "me-central-1", place: "Middle East (UAE)" },
  { id: "me-south-1", place: "Middle East (Bahrain)" },
  { id: "me-west-1", place: "Middle East (Saudi Arabia)" },
  { id: "mx-central-1", place: "Mexico (Central)" },
  { id: "sa-east-1", place: "South America (Sao Paulo)" },
  { id: "sa-west-1", place: "South America (Chile)" },
  { id: "us-east-1", place: "US East (N. Virginia)" },
  { id: "us-east-2", place: "US East (Ohio)" },
  { id: "us-west-1", place: "US West (N. California)" },
  { id: "us-west-2", place: "US West (Oregon)" },
  { id: "cn-north-1", place: "China (Beijing)" },
  { id: "cn-northwest-1", place: "China (Ningxia)" },
  { id: "eusc-de-east-1", place: "AWS European Sovereign Cloud (Germany)" },
  { id: "us-gov-east-1", place: "AWS GovCloud (US-East)" },
  { id: "us-gov-west-1", place: "AWS GovCloud (US-West)" },
];
