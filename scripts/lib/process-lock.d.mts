/** Whether a process is there, also when it belongs to somebody else. */
export function isAlive(pid: number): boolean;
/** The names in `folder` whose processes live, without `own`; files of dead processes are removed. */
export function livingPresences(folder: string, own: string): string[];
/** Makes this process visible in `folder` until `leave` is called or the process ends. */
export function enter(folder: string): { own: string; leave: () => void };
/** Runs `work` while no other process runs its own under the same folder; gives up after `patienceMs`. */
export function withProcessLock<T>(folder: string, work: () => Promise<T>, patienceMs?: number): Promise<T>;
