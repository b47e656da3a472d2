/** How a page is shown within a notebook. */
export interface FrameOptions {
  title: string;
  /** Of the frame in pixels; the reader can pull it taller. */
  height: number;
}

/** A page as an output, by MIME type. */
export interface FrameBundle extends Record<string, unknown> {
  "text/html": string;
  "text/plain": string;
  "application/vnd.atelier.served+json": { title: string };
}
