import { newCrc32 } from "../../checksum";

/** The cyclic redundancy check with Castagnoli's polynomial (RFC 3720, appendix B.4), as a whole number of 32 bits. */
export const crc32c = newCrc32(0x82f63b78);
