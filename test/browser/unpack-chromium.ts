import chromium from '@sparticuz/chromium';

// A process of its own: the package unpacks into the temporary folder, which TMPDIR names for all of a process.
// Prints nothing. The browser is `chromium` in that folder; libraries it may miss are in `al2023/lib`.
chromium.setGraphicsMode = false;
await chromium.executablePath();
