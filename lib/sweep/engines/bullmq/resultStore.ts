/** A place for results that all machines of a sweep reach. Names are words between slashes. */
export interface ResultStore {
  /** The place for people. */
  shown: string;
  /** Reads a file; undefined where there is none. */
  read(name: string): Promise<Buffer | undefined>;
  /** Writes a file; a reader meets all of the old content or all of the new one. */
  write(name: string, content: Uint8Array | string): Promise<void>;
  /** Writes a file unless it is there: of those who do so at once, the content of one remains. */
  create(name: string, content: Uint8Array | string): Promise<void>;
  /** Removes a file, also one that is not there. */
  remove(name: string): Promise<void>;
}
