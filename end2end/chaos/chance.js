// Chance that comes out the same for the same seed.

// A number from 0 to 1, exclusive, at each call (mulberry32).
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// The chance of one thing under a seed: another name gives another sequence.
export function chance(seed, name) {
  const mixed = [...`${seed}|${name}`].reduce((hash, letter) => Math.imul(hash ^ letter.codePointAt(0), 16777619), 2166136261);
  const next = numbers(mixed);
  const between = (low, high) => low + next() * (high - low);
  return {
    between,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    pick: (list) => list[Math.floor(next() * list.length)],
    // One of the names of `weights`, the heavier the likelier.
    weighted(weights) {
      const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
      let left = next() * total;
      return Object.keys(weights).find((name) => (left -= weights[name]) < 0);
    },
  };
}
