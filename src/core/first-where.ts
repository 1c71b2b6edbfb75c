/** The first of so many places from which on something holds, which holds of none before; `size` where it holds of none. */
export function firstWhere(size: number, isPast: (place: number) => boolean): number {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isPast(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
