/**
 * Gives the function for a cyclic redundancy check of 32 bits, a byte at a time, bits in reverse order: of bytes, a whole number.
 *
 * @param polynomial - its polynomial with the bits in reverse order: 0xedb88320 for PNG's and zip's, 0x82f63b78 for Castagnoli's
 * @internal
 */
export function newCrc32(polynomial: number): (bytes: Uint8Array) => number {
  const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? polynomial : 0);
    return crc;
  });
  return (bytes) => {
    let crc = 0xffffffff;
    for (const byte of bytes) crc = (crc >>> 8) ^ remainders[(crc ^ byte) & 255];
    return ~crc >>> 0;
  };
}
