import { h } from './dom.js';

const UNITS = ['B', 'kB', 'MB'];

function sizeOf(bytes) {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  return `${Math.round(bytes / 1000 ** power)} ${UNITS[power]}`;
}

/** The files of a message: pictures as they are, all others by name and size. */
export const drawFiles = (files) =>
  h(
    'ul',
    { class: 'files', 'aria-label': 'Files' },
    files.map((file) => h('li', {}, file.mode === 'tombstone' ? 'This file was deleted.' : drawFile(file))),
  );

const drawFile = (file) =>
  h(
    'a',
    { class: 'file', href: new URL(file.url_private).pathname, target: '_blank', rel: 'noreferrer' },
    file.mimetype.startsWith('image/')
      ? h('img', { src: new URL(file.url_private).pathname, alt: file.title, loading: 'lazy' })
      : h('span', { class: 'file-mark', 'aria-hidden': 'true' }, file.filetype.slice(0, 4).toUpperCase()),
    h('span', {}, h('strong', {}, file.title), h('small', {}, sizeOf(file.size))),
  );
