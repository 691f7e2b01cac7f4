/** Who may not do what, as far as a registry tells. */
export interface Denied {
  action: string | undefined;
  resource: string | undefined;
  principal: string | undefined;
}
