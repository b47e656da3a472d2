import { encodePNG, toDataURI } from "../../../lib/chart/png";
import { example } from "../example";

example(encodePNG, () => {
  // Three pixels in a row, black, grey and white, each as a square of 10 x 10 dots.
  const png = encodePNG(Uint8Array.of(0, 128, 255), 3, { scale: 10 });
  console.log(png.toString("latin1", 1, 4), png.readUInt32BE(16), "x", png.readUInt32BE(20)); // PNG 30 x 10
});

example(toDataURI, () => {
  const address = toDataURI(encodePNG(Uint8Array.of(0, 255), 2));
  const html = `<img alt="black and white" src="${address}"/>`;
  console.log(html.slice(0, 61)); // <img alt="black and white" src="data:image/png;base64,iVBORw0
});
