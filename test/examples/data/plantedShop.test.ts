import { plantedShop } from "../../../lib/data/plantedShop";
import { example } from "../example";

example(plantedShop, () => {
  // 200 items of four kinds.
  const kinds = Array.from({ length: 200 }, (_, item) => item % 4);
  const { users, items, tastes } = plantedShop(kinds, { users: 100, purchases: 10 });

  // How many purchases are of the kind that the user likes best, and second best?
  const share = (place: 0 | 1) =>
    users.filter((user, i) => kinds[items[i]] === tastes[user][place]).length / users.length;
  console.log(share(0).toFixed(2), share(1).toFixed(2)); // 0.57 0.33
});
