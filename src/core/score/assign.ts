/** A pair that may be, and what it is worth over leaving both alone; always above 0. */
export type Edge = { readonly e: number; readonly a: number; readonly gain: number };

export type Assignment = {
  readonly pairs: readonly Edge[];
  /** Components too large for the exact method, which were assigned greedily. */
  readonly greedyComponents: number;
};

/** Components with more records than this are assigned greedily: the exact method costs the cube of its size. */
const EXACT_UP_TO = 160;

/**
 * Gives every record at most one partner so that the total gain is largest: exactly per connected component up to a size,
 * greedily beyond. Ties fall by index, so that the order of the edges does not matter.
 *
 * Source: Kuhn 1955, Jonker and Volgenant 1987 (shortest augmenting paths).
 */
export function assign(edges: readonly Edge[], exactUpTo = EXACT_UP_TO): Assignment {
  const pairs: Edge[] = [];
  let greedyComponents = 0;
  for (const component of componentsOf(edges)) {
    const [only, second] = component;
    if (only && !second) pairs.push(only);
    else if (sizeOf(component) <= exactUpTo) pairs.push(...exactly(component));
    else {
      greedyComponents += 1;
      pairs.push(...greedily(component));
    }
  }
  return { pairs: pairs.sort((one, other) => one.e - other.e), greedyComponents };
}

/** Takes the best edge whose two records are free, again and again. */
export function greedily(edges: readonly Edge[]): Edge[] {
  const taken = { e: new Set<number>(), a: new Set<number>() };
  const pairs: Edge[] = [];
  for (const edge of [...edges].sort(byGain)) {
    if (taken.e.has(edge.e) || taken.a.has(edge.a)) continue;
    taken.e.add(edge.e);
    taken.a.add(edge.a);
    pairs.push(edge);
  }
  return pairs;
}

/** The assignment of largest total gain; a record stays alone where that is worth more. */
export function exactly(edges: readonly Edge[]): Edge[] {
  const rows = sortedUnique(edges.map(({ e }) => e));
  const columns = sortedUnique(edges.map(({ a }) => a));
  const rowAt = new Map(rows.map((e, at) => [e, at]));
  const columnAt = new Map(columns.map((a, at) => [a, at]));
  // A column of its own per row is "no partner", at cost 0.
  const width = columns.length + rows.length;
  const cost = rows.map(() => new Float64Array(width).fill(Number.POSITIVE_INFINITY));
  const edgeAt = new Map<number, Edge>();
  for (const edge of edges) {
    const [row, column] = [rowAt.get(edge.e) ?? 0, columnAt.get(edge.a) ?? 0];
    const line = cost[row];
    if (line) line[column] = -edge.gain;
    edgeAt.set(row * width + column, edge);
  }
  for (const [row, line] of cost.entries()) line[columns.length + row] = 0;
  return shortestPaths(cost, width).flatMap((column, row) => edgeAt.get(row * width + column) ?? []);
}

/** The column of each row at least total cost; every row has one of finite cost. */
function shortestPaths(cost: readonly Float64Array[], width: number): number[] {
  const rowOf = new Int32Array(width + 1).fill(-1);
  const rowPotential = new Float64Array(cost.length);
  const columnPotential = new Float64Array(width + 1);
  for (let row = 0; row < cost.length; row += 1) {
    const from = new Int32Array(width + 1).fill(width);
    const distance = new Float64Array(width + 1).fill(Number.POSITIVE_INFINITY);
    const isDone = new Uint8Array(width + 1);
    let column = width;
    rowOf[width] = row;
    while ((rowOf[column] ?? -1) >= 0) {
      isDone[column] = 1;
      const at = rowOf[column] ?? 0;
      let step = Number.POSITIVE_INFINITY;
      let next = -1;
      for (let other = 0; other < width; other += 1) {
        if (isDone[other]) continue;
        const reduced = (cost[at]?.[other] ?? 0) - (rowPotential[at] ?? 0) - (columnPotential[other] ?? 0);
        if (reduced < (distance[other] ?? 0)) {
          distance[other] = reduced;
          from[other] = column;
        }
        if ((distance[other] ?? 0) < step) {
          step = distance[other] ?? 0;
          next = other;
        }
      }
      for (let other = 0; other <= width; other += 1) {
        if (isDone[other]) {
          const owner = rowOf[other] ?? 0;
          rowPotential[owner] = (rowPotential[owner] ?? 0) + step;
          columnPotential[other] = (columnPotential[other] ?? 0) - step;
        } else distance[other] = (distance[other] ?? 0) - step;
      }
      column = next;
    }
    while (column !== width) {
      const previous = from[column] ?? width;
      rowOf[column] = rowOf[previous] ?? -1;
      column = previous;
    }
  }
  const columnOf = new Array<number>(cost.length).fill(0);
  for (let column = 0; column < width; column += 1) {
    const row = rowOf[column] ?? -1;
    if (row >= 0) columnOf[row] = column;
  }
  return columnOf;
}

/** Edges that share no record with others stand in different components. */
function componentsOf(edges: readonly Edge[]): Edge[][] {
  // Records of both sides take turns as nodes: e at 2e, a at 2a + 1.
  const nodes = 2 * edges.reduce((most, { e, a }) => Math.max(most, e, a), -1) + 2;
  const parent = Int32Array.from({ length: nodes }, (_, node) => node);
  const root = (node: number): number => {
    let at = node;
    for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) {
      parent[at] = parent[up] ?? up;
      at = up;
    }
    return at;
  };
  for (const { e, a } of edges) {
    const one = root(e * 2);
    const other = root(a * 2 + 1);
    if (one !== other) parent[Math.max(one, other)] = Math.min(one, other);
  }
  const components: Edge[][] = [];
  const nameOf = new Int32Array(nodes).fill(-1);
  for (const edge of edges) {
    const top = root(edge.e * 2);
    const name = nameOf[top] ?? -1;
    if (name >= 0) components[name]?.push(edge);
    else {
      nameOf[top] = components.length;
      components.push([edge]);
    }
  }
  return components;
}

const sizeOf = (edges: readonly Edge[]): number =>
  new Set(edges.map(({ e }) => e)).size + new Set(edges.map(({ a }) => a)).size;

const sortedUnique = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

const byGain = (one: Edge, other: Edge): number =>
  other.gain - one.gain || one.e - other.e || one.a - other.a;
