/** How much the server takes on; what is beyond is refused with a sentence. */
export interface Limits {
  /** Of one request's body, default 10 MB. */
  bodyBytes: number;
  /** Of all bodies that are being read or whose calls have not ended, default 64 MB. */
  allBodyBytes: number;
  /** Bodies that arrive at the same time, default 256. */
  bodies: number;
  /** Milliseconds in which a body must have arrived, default 20,000. */
  bodyTime: number;
  /** Of a picture, default 40 million. */
  pixels: number;
  /** Milliseconds for one call from its start, default 30,000. */
  callTime: number;
  /** Calls that wait while others run, default 256. */
  waiting: number;
  /** Of all uploads that are kept, default 64 MB. */
  uploadBytes: number;
  /** Of the pictures of answers, default 16 MB; older ones go for newer ones. */
  madeBytes: number;
  /** Milliseconds an upload is kept, default ten minutes. */
  uploadTime: number;
  /** Requests that are answered at the same time, default 512, beside those that still arrive; and as many streams of messages. */
  requests: number;
  /** Clients of Gradio's protocol whose messages are kept, default 1,000. */
  sessions: number;
  /** Of answers that wait to be read, default 16 MB; while there are more no call is taken. */
  unreadBytes: number;
  /** Connections, default 2,048; more are closed at once. */
  connections: number;
}

const MEGABYTE = 1_000_000;

/** The limits that hold where nothing else is said. */
export const LIMITS: Limits = {
  bodyBytes: 10 * MEGABYTE,
  allBodyBytes: 64 * MEGABYTE,
  bodies: 256,
  bodyTime: 20_000,
  pixels: 40_000_000,
  callTime: 30_000,
  waiting: 256,
  uploadBytes: 64 * MEGABYTE,
  madeBytes: 16 * MEGABYTE,
  uploadTime: 600_000,
  requests: 512,
  sessions: 1000,
  unreadBytes: 16 * MEGABYTE,
  connections: 2048,
};
