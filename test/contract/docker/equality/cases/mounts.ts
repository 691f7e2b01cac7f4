import type { EqualityCase } from "../equalityCase.js";

const HEREDOC_REFUSAL = /unknown instruction|parse error|not found: not found|no such file/i;

/** `RUN --mount` of each type, and heredocs. */
export const mounts: readonly EqualityCase[] = [
  {
    name: "a bind mount of the context, of a part of it and of a stage",
    tree: {
      "src/a": "@nonce@",
      "src/b": "b",
      "other/c": "c",
      Dockerfile: [
        "FROM busybox:local AS made",
        "RUN mkdir /out && echo @nonce@ > /out/made",
        "FROM busybox:local",
        "RUN --mount=type=bind,target=/ctx cat /ctx/src/a /ctx/other/c > /all",
        "RUN --mount=source=src,target=/ctx,rw ls -R /ctx > /list && touch /ctx/lost",
        "RUN --mount=from=made,source=/out,target=/in cp /in/made /made",
        "RUN --mount=from=busybox:local,target=/in ls /in > /image",
      ].join("\n"),
    },
  },
  {
    name: "a bind mount with links to follow",
    tree: {
      "way/in": { symlink: "../src" },
      "src/a": "@nonce@",
      "src/unseen": "unseen",
      Dockerfile: "FROM busybox:local\nRUN --mount=source=way/in/a,target=/a cat /a > /b\n",
    },
  },
  {
    name: "cache and tmpfs mounts",
    tree: {
      Dockerfile: [
        "FROM busybox:local",
        "RUN --mount=type=cache,id=@nonce@,target=/cache,uid=5,mode=0700 echo 1 >> /cache/a",
        "RUN --mount=type=cache,id=@nonce@,target=/cache,uid=5,mode=0700 ls /cache > /b",
        "RUN --mount=type=cache,target=/cache,sharing=private ls /cache > /private",
        "RUN --mount=type=tmpfs,target=/scratch echo x > /scratch/x && df /scratch | wc -l > /c",
      ].join("\n"),
    },
  },
  {
    name: "secrets, given and not given",
    tree: {
      Dockerfile: [
        "FROM busybox:local",
        "RUN --mount=type=secret,id=one wc -c < /run/secrets/one > /length; echo @nonce@",
        "RUN --mount=type=secret,id=two,target=/two,mode=0444,uid=9 ls -ln /two | cut -c1-20 > /b",
        "RUN --mount=type=secret,id=none test ! -e /run/secrets/none",
        'RUN --mount=type=ssh test -z "$SSH_AUTH_SOCK" || true',
      ].join("\n"),
    },
    secrets: { one: "not for eyes", two: "line one\nline two\n" },
  },
  {
    name: "heredocs in RUN",
    tree: {
      Dockerfile: [
        "# no syntax directive",
        "FROM busybox:local",
        "RUN <<EOF",
        "echo @nonce@ > /one",
        "echo $HOME > /two",
        "EOF",
        "RUN <<-'QUOTED' cat > /three",
        "\tindented $HOME",
        "\tQUOTED",
        "RUN cat <<A <<B > /four",
        "first",
        "A",
        "second",
        "B",
      ].join("\n"),
    },
    refusal: HEREDOC_REFUSAL,
  },
  {
    name: "heredocs in COPY, beside files of the context",
    tree: {
      file: "@nonce@",
      Dockerfile: [
        "FROM scratch",
        "ARG VALUE=value",
        "COPY <<one.txt <<-two.txt file /files/",
        "expanded ${VALUE} @nonce@",
        "one.txt",
        "\tsecond",
        "two.txt",
        "COPY --chmod=755 <<'EOF' /bin/run",
        "#!/bin/sh",
        'echo "$NOT expanded"',
        "EOF",
      ].join("\n"),
    },
    refusal: HEREDOC_REFUSAL,
  },
];
