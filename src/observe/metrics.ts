import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What this process counts of itself; one registry per process, as its clocks and its memory are. */
const OF_PROCESS = new Registry();
collectDefaultMetrics({ register: OF_PROCESS });

/** Slack waits three seconds: the buckets are close where that is lost or kept. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10];

const requests = new Histogram({
  name: 'tieout_http_request_seconds',
  help: 'How long requests took to be answered, by route, method and status.',
  labelNames: ['route', 'method', 'status'],
  buckets: SECONDS,
  registers: [OF_PROCESS],
});

const calls = new Histogram({
  name: 'tieout_slack_call_seconds',
  help: 'How long calls of the Slack Web API took, by method and outcome.',
  labelNames: ['method', 'outcome'],
  buckets: SECONDS,
  registers: [OF_PROCESS],
});

const presses = new Histogram({
  name: 'tieout_press_seconds',
  help: 'How long presses took until everything about them was done, by button.',
  labelNames: ['action'],
  buckets: SECONDS,
  registers: [OF_PROCESS],
});

/** What can be timed, with the labels that tell one kind from another; each label takes a few known values only. */
export const timed = {
  request: (labels: { route: string; method: string; status: number }, seconds: number): void =>
    requests.observe(labels, seconds),
  slackCall: (labels: { method: string; outcome: string }, seconds: number): void =>
    calls.observe(labels, seconds),
  press: (labels: { action: string }, seconds: number): void => presses.observe(labels, seconds),
};

/** A stopwatch: the seconds since it was made. */
export function stopwatch(): () => number {
  const from = performance.now();
  return () => (performance.now() - from) / 1000;
}

/** One value as of now, by the name of its gauge. */
export type Reading = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

/** A gauge that readings are of: what it tells, and the labels that each of its readings has. */
export type GaugeKind = { readonly help: string; readonly labels: readonly string[] };

export const METRICS_TYPE = OF_PROCESS.contentType;

/**
 * Everything counted in the text format that Prometheus reads: what the process counts, and the readings. A gauge without a
 * reading is left out.
 *
 * Throws: where a reading is of no gauge, or has other labels than it says.
 */
export async function metricsText(
  kinds: Readonly<Record<string, GaugeKind>>,
  readings: readonly Reading[],
): Promise<string> {
  const now = new Registry();
  const gauges = new Map<string, Gauge>();
  for (const { name, labels, value } of readings) {
    const kind = kinds[name];
    if (!kind) throw new Error(`a reading is of "${name}", which is no gauge`);
    const gauge =
      gauges.get(name) ??
      new Gauge({ name, help: kind.help, labelNames: [...kind.labels], registers: [now] });
    gauges.set(name, gauge);
    gauge.set({ ...labels }, value);
  }
  return `${await now.metrics()}${await OF_PROCESS.metrics()}`;
}
