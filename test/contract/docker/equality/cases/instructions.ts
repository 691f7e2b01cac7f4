import type { EqualityCase } from "../equalityCase.js";

/** Each instruction in each of its forms. */
export const instructions: readonly EqualityCase[] = [
  {
    name: "FROM scratch and a file",
    tree: { Dockerfile: "FROM scratch\nCOPY a /a\n", a: "@nonce@" },
    reproducible: true,
  },
  {
    name: "ENV in both forms, with quotes, escapes and defaults",
    tree: {
      Dockerfile: [
        "FROM busybox:local",
        "ENV ONE 1 and more",
        'ENV TWO="2 \\"quoted\\"" THREE=3\\ spaced FOUR=',
        "ENV FIVE=${TWO:-never} SIX=${NONE:-default} SEVEN=${ONE:+set} EIGHT=\\$ONE",
        "RUN env | sort > /env && echo @nonce@",
      ].join("\n"),
    },
  },
  {
    name: "ARG with a default, a value, and neither",
    tree: {
      Dockerfile: [
        "FROM busybox:local",
        'ARG A=a B="b b"',
        "ARG A=a",
        "ARG C",
        "RUN echo $A $B $C @nonce@ > /args",
        "ARG A=again",
        "ENV A=${A}-env",
        "RUN echo $A > /again",
      ].join("\n"),
    },
    options: { buildArgs: { A: "from outside", C: 'ünïcödé = "quoted", and more' } },
    refusal: /ARG requires exactly one argument/,
  },
  {
    name: "ARG before FROM, passed on or not",
    tree: {
      Dockerfile: [
        "ARG TAG=none NAME=busybox",
        "ARG UNSEEN=unseen",
        "FROM ${NAME}:${TAG}",
        "ARG TAG",
        "RUN echo ${TAG} ${UNSEEN:-nothing} @nonce@ > /args",
      ].join("\n"),
    },
    options: { buildArgs: { TAG: "local" } },
    refusal: /ARG requires exactly one argument/,
  },
  {
    name: "ARGs that are there without being named, and the platform's",
    tree: {
      Dockerfile: [
        "FROM busybox:local",
        "ARG TARGETPLATFORM",
        "ARG BUILDPLATFORM",
        "ARG TARGETARCH",
        "RUN echo $TARGETPLATFORM $BUILDPLATFORM $TARGETARCH $HTTP_PROXY @nonce@ > /args",
      ].join("\n"),
    },
    options: { buildArgs: { HTTP_PROXY: "http://proxy.invalid:3128", NO_PROXY: "*" } },
  },
  {
    name: "LABEL, and labels from outside",
    tree: {
      Dockerfile: [
        "FROM scratch",
        'LABEL one=1 "two words"="2 words" multi="line \\',
        'continued"',
        "LABEL one=again",
        "LABEL old style",
        "COPY a /",
      ].join("\n"),
      a: "@nonce@",
    },
    options: { labels: { "org.example.name": 'from outside, with = and "', one: "last" } },
    reproducible: true,
  },
  {
    name: "EXPOSE, VOLUME, STOPSIGNAL and MAINTAINER",
    tree: {
      Dockerfile: [
        "FROM busybox:local",
        "MAINTAINER Somebody <somebody@example.com>",
        "EXPOSE 80 443/tcp 53/udp",
        "EXPOSE 8000-8003",
        'VOLUME ["/data", "/two words"]',
        "VOLUME /one /two",
        "STOPSIGNAL SIGQUIT",
        "RUN mkdir -p /data && echo @nonce@ > /data/file",
      ].join("\n"),
    },
  },
  {
    name: "USER by number and WORKDIR, absolute and relative",
    tree: {
      Dockerfile: [
        "FROM busybox:local",
        "ENV BASE=/srv",
        "WORKDIR $BASE",
        "WORKDIR app",
        "WORKDIR ../other/./deep",
        "COPY a .",
        "USER 1000:1000",
        "WORKDIR /made/by/user",
        "RUN id > /tmp/id && pwd >> /tmp/id",
        "COPY a ./",
        "USER root",
      ].join("\n"),
      a: "@nonce@",
    },
  },
  {
    name: "CMD and ENTRYPOINT for the shell",
    tree: {
      Dockerfile: 'FROM scratch\nCOPY a /\nENTRYPOINT exec /a "$0"\nCMD echo "a b" | cat\n',
      a: "@nonce@",
    },
    reproducible: true,
  },
  {
    name: "CMD and ENTRYPOINT without a shell, the last of each",
    tree: {
      Dockerfile: [
        "FROM scratch",
        "COPY a /",
        'CMD ["first"]',
        'CMD ["/a", "--flag", "two words", "\\"quoted\\"", "\\u00fc"]',
        'ENTRYPOINT ["/entry"]',
        "ENTRYPOINT []",
      ].join("\n"),
      a: "@nonce@",
    },
    reproducible: true,
  },
  {
    name: "HEALTHCHECK with options",
    tree: {
      Dockerfile: [
        "FROM scratch",
        "COPY a /",
        "HEALTHCHECK --interval=5m --timeout=3s --start-period=1m30s --retries=4 \\",
        '  CMD ["/a", "check"]',
      ].join("\n"),
      a: "@nonce@",
    },
  },
  {
    name: "HEALTHCHECK for the shell, then NONE in the next stage",
    tree: {
      Dockerfile: [
        "FROM scratch AS checked",
        "COPY a /",
        "HEALTHCHECK CMD /a || exit 1",
        "FROM checked",
        "COPY a /b",
        "HEALTHCHECK NONE",
      ].join("\n"),
      a: "@nonce@",
    },
  },
  {
    name: "SHELL, used by RUN, CMD and ENTRYPOINT",
    tree: {
      Dockerfile: [
        "FROM busybox:local",
        'SHELL ["/bin/sh", "-e", "-x", "-c"]',
        "RUN echo @nonce@ > /a; echo second > /b",
        "CMD echo from another shell",
      ].join("\n"),
    },
  },
  {
    name: "RUN without a shell, over several lines, with comments between",
    tree: {
      Dockerfile: [
        "FROM busybox:local",
        'RUN ["/bin/sh", "-c", "echo @nonce@ > /one"]',
        "RUN echo a \\",
        "  # a comment inside",
        "",
        "  && echo b > /two \\",
        "  ;  true",
      ].join("\n"),
    },
  },
  {
    name: "RUN --network=none",
    tree: {
      Dockerfile: "FROM busybox:local\nRUN --network=none echo @nonce@ > /a\n",
    },
    refusal: /unknown flag: network/i,
  },
  {
    name: "ONBUILD, for an image and for the next stage",
    tree: {
      Dockerfile: [
        "FROM busybox:local AS parent",
        "ONBUILD COPY a /from-onbuild",
        "ONBUILD RUN echo @nonce@ > /ran",
        "FROM parent",
        "COPY a /a",
        "ONBUILD LABEL later=yes",
      ].join("\n"),
      a: "@nonce@",
    },
  },
  {
    name: "hosts from outside",
    tree: { Dockerfile: "FROM busybox:local\nRUN cat /etc/hosts > /hosts; echo @nonce@\n" },
    options: { hosts: { "one.example": "10.0.0.1", "two.example": "10.0.0.2" } },
  },
  {
    name: "a platform that is asked for, and one that FROM names",
    tree: {
      Dockerfile: "FROM --platform=$BUILDPLATFORM busybox:local\nRUN echo @nonce@ > /a\n",
    },
    platform: "linux/amd64",
  },
];
