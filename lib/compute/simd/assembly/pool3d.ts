// Max and average pooling of volumes [batch, depth, height, width, channels], and their gradients.
import { storeUpTo } from "./lanes";

@unmanaged
class Pool3d {
  /** The volumes; for a gradient their own, by which maxima are found. */
  x: usize;
  /** The result; for a gradient that of the volumes. */
  to: usize;
  /** The gradient of the result. */
  dy: usize;
  average: i32;
  depth: i32;
  height: i32;
  width: i32;
  channels: i32;
  outDepth: i32;
  outHeight: i32;
  outWidth: i32;
  windowDepth: i32;
  windowHeight: i32;
  windowWidth: i32;
  strideDepth: i32;
  strideHeight: i32;
  strideWidth: i32;
  dilationDepth: i32;
  dilationHeight: i32;
  dilationWidth: i32;
  front: i32;
  top: i32;
  left: i32;
}

/** The address of a voxel of a volume, 0 beyond its border. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function voxel(n: Pool3d, volume: usize, z: i32, y: i32, x: i32): usize {
  if (z < 0 || z >= n.depth || y < 0 || y >= n.height || x < 0 || x >= n.width) return 0;
  return volume + (<usize>(((z * n.height + y) * n.width + x) * n.channels) << 2);
}

/** A chunk is a slice in depth of the result. */
export function pool3d(p: usize, chunk: i32): void {
  const n = changetype<Pool3d>(p);
  const bytes = <usize>n.channels << 2;
  const volume = n.x + <usize>((chunk / n.outDepth) * n.depth * n.height * n.width) * bytes;
  const firstZ = (chunk % n.outDepth) * n.strideDepth - n.front;
  let to = n.to + <usize>(chunk * n.outHeight * n.outWidth) * bytes;
  for (let row = 0; row < n.outHeight; row++)
    for (let column = 0; column < n.outWidth; column++, to += bytes) {
      const firstY = row * n.strideHeight - n.top, firstX = column * n.strideWidth - n.left;
      for (let at: usize = 0, left = n.channels; left > 0; left -= 4, at += 16) {
        let best = f32x4.splat(n.average ? 0 : -Infinity);
        let count = 0;
        for (let dz = 0; dz < n.windowDepth; dz++)
          for (let dy = 0; dy < n.windowHeight; dy++)
            for (let dx = 0; dx < n.windowWidth; dx++) {
              const from = voxel(
                n, volume, firstZ + dz * n.dilationDepth, firstY + dy * n.dilationHeight, firstX + dx * n.dilationWidth,
              );
              if (!from) continue;
              count++;
              const value = v128.load(from + at);
              best = n.average ? f32x4.add(best, value) : f32x4.pmax(best, value);
            }
        if (n.average && count > 0) best = f32x4.div(best, f32x4.splat(<f32>count));
        storeUpTo(to + at, best, left);
      }
    }
}

/** The gradient of the volumes: of an average a share for each voxel of the window, of a maximum all for the last of equals. A chunk is a volume. */
export function pool3dGradient(p: usize, chunk: i32): void {
  const n = changetype<Pool3d>(p);
  const bytes = <usize>n.channels << 2;
  const size = <usize>(n.depth * n.height * n.width) * bytes;
  const volume = n.x + <usize>chunk * size, own = n.to + <usize>chunk * size;
  memory.fill(own, 0, size);
  let from = n.dy + <usize>(chunk * n.outDepth * n.outHeight * n.outWidth) * bytes;
  const share = <f32>1 / <f32>(n.windowDepth * n.windowHeight * n.windowWidth);
  for (let slice = 0; slice < n.outDepth; slice++)
    for (let row = 0; row < n.outHeight; row++)
      for (let column = 0; column < n.outWidth; column++, from += bytes) {
        const z = slice * n.strideDepth - n.front, y = row * n.strideHeight - n.top, x = column * n.strideWidth - n.left;
        if (n.average) shareOut(n, own, z, y, x, from, share);
        else toMaxima(n, volume, own, z, y, x, from);
      }
}

function shareOut(n: Pool3d, own: usize, z: i32, y: i32, x: i32, from: usize, share: f32): void {
  for (let dz = 0; dz < n.windowDepth; dz++)
    for (let dy = 0; dy < n.windowHeight; dy++)
      for (let dx = 0; dx < n.windowWidth; dx++) {
        const to = voxel(n, own, z + dz * n.dilationDepth, y + dy * n.dilationHeight, x + dx * n.dilationWidth);
        if (!to) continue;
        for (let at: usize = 0, left = n.channels; left > 0; left -= 4, at += 16) {
          const sum = f32x4.add(v128.load(to + at), f32x4.mul(v128.load(from + at), f32x4.splat(share)));
          storeUpTo(to + at, sum, left);
        }
      }
}

function toMaxima(n: Pool3d, volume: usize, own: usize, z: i32, y: i32, x: i32, from: usize): void {
  for (let at: usize = 0, end = <usize>n.channels << 2; at < end; at += 4) {
    let most = -Infinity as f32;
    let found: usize = 0;
    for (let dz = 0; dz < n.windowDepth; dz++)
      for (let dy = 0; dy < n.windowHeight; dy++)
        for (let dx = 0; dx < n.windowWidth; dx++) {
          const place = voxel(n, volume, z + dz * n.dilationDepth, y + dy * n.dilationHeight, x + dx * n.dilationWidth);
          if (!place) continue;
          const value = load<f32>(place + at);
          if (!(value >= most)) continue; // NaN is passed over
          most = value;
          found = place;
        }
    if (!found) continue;
    const to = own + (found - volume) + at;
    store<f32>(to, load<f32>(to) + load<f32>(from + at));
  }
}
