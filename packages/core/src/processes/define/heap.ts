/** A queue that gives the least first; equal ones in the order of their numbers, so that the same map is always drawn the same way. */
export const createHeap = () => {
  const costs: number[] = [];
  const items: number[] = [];
  const less = (a: number, b: number) =>
    (costs[a] as number) < (costs[b] as number) || (costs[a] === costs[b] && (items[a] as number) < (items[b] as number));
  const swap = (a: number, b: number) => {
    [costs[a], costs[b]] = [costs[b] as number, costs[a] as number];
    [items[a], items[b]] = [items[b] as number, items[a] as number];
  };
  return {
    push: (item: number, cost: number): void => {
      let at = items.length;
      items.push(item);
      costs.push(cost);
      for (let above = (at - 1) >> 1; at > 0 && less(at, above); above = (at - 1) >> 1) {
        swap(at, above);
        at = above;
      }
    },
    pop: (): { readonly item: number; readonly cost: number } | null => {
      const [item, cost] = [items[0], costs[0]];
      if (item === undefined || cost === undefined) return null;
      swap(0, items.length - 1);
      items.pop();
      costs.pop();
      for (let at = 0; ;) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        let least = at;
        if (left < items.length && less(left, least)) least = left;
        if (right < items.length && less(right, least)) least = right;
        if (least === at) break;
        swap(at, least);
        at = least;
      }
      return { item, cost };
    },
  };
};
