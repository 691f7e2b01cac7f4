/** Regular files and their bytes. */
export interface FileAmount {
  readonly files: number;
  readonly bytes: number;
}

/** How far BuildKit has got with one folder. */
export interface FileSyncProgress {
  /** Which folder: `context`, `dockerfile`, or the name of another one. */
  readonly folder: string;
  /** Tells transfers apart: BuildKit asks for a folder more than once, first for single files. */
  readonly transfer: number;
  /** What the folder holds of what BuildKit asks for, as far as it was read. */
  readonly listed: FileAmount;
  /** True from when `listed` is the total. */
  readonly listingDone: boolean;
  /** What BuildKit does not have yet; the total of `sent` once it has compared everything. */
  readonly requested: FileAmount;
  readonly sent: FileAmount;
  /** True for the last report of a transfer that went well. */
  readonly done: boolean;
}

/** Reports are this far apart, but for the last. */
const REPORT_MS = 50;

/** Counts what one transfer does, and reports it now and then. */
export class TransferProgress {
  #listed = { files: 0, bytes: 0 };
  #requested = { files: 0, bytes: 0 };
  #sent = { files: 0, bytes: 0 };
  #listingDone = false;
  #reportAt = 0;

  constructor(
    private readonly folder: string,
    private readonly transfer: number,
    private readonly report: (progress: FileSyncProgress) => void,
  ) {}

  list(bytes: number): void {
    add(this.#listed, 1, bytes);
  }

  endListing(): void {
    this.#listingDone = true;
    this.#tell(false);
  }

  request(bytes: number): void {
    add(this.#requested, 1, bytes);
    this.#tellNow();
  }

  /** Counts bytes that went out; the total grows with a file that has grown. */
  send(bytes: number): void {
    add(this.#sent, 0, bytes);
    this.#tellNow();
  }

  /** Counts a file that went out, and sets right what was expected of it. */
  endFile(listedBytes: number, sentBytes: number): void {
    add(this.#sent, 1, 0);
    add(this.#requested, 0, sentBytes - listedBytes);
    this.#tellNow();
  }

  end(): void {
    this.#tell(true);
  }

  #tellNow(): void {
    if (performance.now() >= this.#reportAt) this.#tell(false);
  }

  #tell(done: boolean): void {
    this.#reportAt = performance.now() + REPORT_MS;
    this.report({
      folder: this.folder,
      transfer: this.transfer,
      listed: { ...this.#listed },
      listingDone: this.#listingDone,
      requested: { ...this.#requested },
      sent: { ...this.#sent },
      done,
    });
  }
}

function add(amount: { files: number; bytes: number }, files: number, bytes: number): void {
  amount.files += files;
  amount.bytes += bytes;
}
