import type { EqualityCase } from "../equalityCase.js";

const FILES = {
  "a/one.txt": "one @nonce@",
  "a/two.txt": "two @nonce@",
  "a/deep/three.txt": "three @nonce@",
  "two words.txt": "@nonce@",
  "[x].txt": "@nonce@",
  "b.md": "@nonce@",
};

/** `COPY` and `ADD` with every flag and source. */
export const copies: readonly EqualityCase[] = [
  {
    name: "several sources, wildcards and folders",
    tree: {
      ...FILES,
      Dockerfile: [
        "FROM scratch",
        "COPY a/*.txt b.md /files/",
        "COPY a /whole",
        "COPY a/ /whole-too/",
        "COPY ./a/../b.? /one/",
        "COPY /a/deep /absolute/",
        'COPY ["two words.txt", "/two words/"]',
        "COPY [[]x].txt /",
      ].join("\n"),
    },
  },
  {
    name: "owners and modes",
    tree: {
      ...FILES,
      Dockerfile: [
        "FROM busybox:local",
        "RUN echo app:x:1234:4321::/:/bin/sh >> /etc/passwd && echo grp:x:77: >> /etc/group",
        "COPY --chown=1:2 a /by-number",
        "COPY --chown=app:grp a/one.txt /by-name",
        "COPY --chown=app b.md /",
        "COPY --chmod=640 a/two.txt /mode",
        "COPY --chown=5 --chmod=0711 a /both",
        "ADD --chown=app --chmod=600 b.md /added",
      ].join("\n"),
    },
  },
  {
    name: "COPY --link",
    tree: {
      ...FILES,
      Dockerfile:
        "FROM busybox:local\nCOPY --link a /a\nCOPY --link --chown=3:4 b.md /new/place/\n",
    },
    refusal: /unknown flag: link/i,
  },
  {
    name: "COPY --exclude",
    tree: { ...FILES, Dockerfile: "FROM scratch\nCOPY --exclude=*.md --exclude=**/t* . /\n" },
    refusal: /unknown flag: exclude|flag(?:s)? .*exclude.*requires|only available/i,
  },
  {
    name: "COPY --parents",
    tree: { ...FILES, Dockerfile: "FROM scratch\nCOPY --parents a/deep/three.txt /x/\n" },
    refusal: /unknown flag: parents|only available/i,
  },
  {
    name: "COPY --from a stage by name and by number, and from an image",
    tree: {
      ...FILES,
      Dockerfile: [
        "FROM busybox:local AS Make",
        "RUN mkdir /out && echo @nonce@ > /out/a && ln -s a /out/link",
        "FROM scratch AS second",
        "COPY b.md /",
        "FROM scratch",
        "COPY --from=make /out /by-name",
        "COPY --from=0 /out/a /by-number",
        "COPY --from=1 / /second/",
        "COPY --from=busybox:local /etc/passwd /etc/",
        "COPY b.md /",
      ].join("\n"),
    },
  },
  {
    name: "links in what is copied, and as what is copied",
    tree: {
      ...FILES,
      "links/to-file": { symlink: "../a/one.txt" },
      "links/to-folder": { symlink: "../a/deep" },
      "links/absolute": { symlink: "/a/two.txt" },
      "links/chain": { symlink: "to-folder" },
      "links/out": { symlink: "../../../../../etc/hostname" },
      "links/dangling": { symlink: "nowhere" },
      Dockerfile: [
        "FROM scratch",
        "COPY links /links",
        "COPY links/to-file /file",
        "COPY links/chain/ /folder/",
        "COPY links/chain/three.txt /through",
        "COPY links/absolute /absolute",
        "COPY links/*ain/*.txt /wild/",
      ].join("\n"),
    },
  },
  {
    name: "ADD of archives, and of what only looks like one",
    tree: {
      "plain.tar": { archive: { "in/plain": "@nonce@" } },
      "packed.tar.gz": { archive: { "in/packed": "@nonce@" }, gzip: true },
      "not-a.tar": "@nonce@",
      Dockerfile: [
        "FROM scratch",
        "ADD plain.tar packed.tar.gz not-a.tar /unpacked/",
        "COPY plain.tar /copied/",
        "ADD --chown=7:8 plain.tar /owned/",
      ].join("\n"),
    },
  },
  {
    name: "a context that is not used",
    tree: { ...FILES, Dockerfile: "FROM busybox:local\nRUN echo @nonce@ > /a\n" },
  },
  {
    name: "everything into a folder that is there, over files that are there",
    tree: {
      Dockerfile: "FROM busybox:local\nCOPY . /\nCOPY etc /etc\n",
      "etc/passwd": "root:x:0:0:@nonce@:/:/bin/sh\n",
      "etc/new/file": "@nonce@",
      "tmp/file": "@nonce@",
    },
  },
];
