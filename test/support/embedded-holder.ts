// A process of its own that uses the embedded server of a folder until it is killed.
import { startEmbedded } from '../../src/db/embedded/server.ts';

const server = await startEmbedded({ dataDir: process.argv[2] ?? '', fast: true });
process.stdout.write(`${JSON.stringify({ started: server.started, pid: server.pid })}\n`);
process.stdin.on('end', () => process.exit(1)); // the test was killed: stay behind no longer
process.stdin.resume();
