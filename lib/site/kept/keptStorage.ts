/// <reference lib="dom" />

/** Files that the browser keeps for one site, by their paths. Each is replaced in one piece. */
export interface KeptStorage {
  /** All files, of which none is read yet. */
  files(): Promise<Map<string, Blob>>;
  /** One file; undefined where there is none. */
  read(path: string): Promise<Blob | undefined>;
  /** Resolves once the file outlives the page. Rejects with a `QuotaExceededError` where the storage is full. */
  write(path: string, content: Uint8Array | Blob): Promise<void>;
  /** Removes a file, or a folder with all that is in it. */
  remove(path: string): Promise<void>;
}
