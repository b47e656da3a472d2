import { demo } from "../../../lib/demo/demo";
import { example } from "../example";

example(demo, async () => {
  const page = await demo({
    title: "Sale",
    inputs: [
      { type: "number", label: "Price" },
      { type: "slider", label: "Percent off", minimum: 0, maximum: 50 },
    ],
    outputs: ["number"],
    fn: (price, percent) => price * (1 - percent / 100),
  });
  // People open page.url in a browser. A program asks so:
  const request = { method: "POST", body: JSON.stringify({ data: [80, 25] }) };
  const response = await fetch(`${page.url}gradio_api/run/predict`, request);
  const answer: { data: number[] } = await response.json();
  console.log(answer.data); // [ 60 ]
  await page.close();
});
