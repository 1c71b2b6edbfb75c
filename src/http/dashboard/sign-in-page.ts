import { html } from 'hono/html';
import { page } from './layout.ts';
import { type Html, NOTHING } from './say.ts';

type Asking = {
  /** Why the key that was shown does not do. */
  readonly problem?: string | undefined;
  /** Where to go on to. */
  readonly next: string;
};

/** Asks for a key. */
export const signInPage = ({ problem, next }: Asking): Html =>
  page({
    title: 'Sign in',
    body: html`<section class="sign-in">
      <h1>Sign in</h1>
      ${problem === undefined ? NOTHING : html`<p class="problem" role="alert">${problem}</p>`}
      <form method="post" action="/sign-in">
        <label for="key">A key that may see the dashboard</label>
        <input id="key" name="key" type="password" autocomplete="current-password" required autofocus>
        <input type="hidden" name="next" value="${next}">
        <button>Sign in</button>
      </form>
      <p class="soft">An operator makes one: <code>tieout api-key create NAME --scope dashboard:read</code></p>
    </section>`,
  });

/** A page that says what is wrong, and where to go on. */
export const problemPage = (title: string, detail: string): Html =>
  page({
    title,
    body: html`<section class="sign-in">
      <h1>${title}</h1>
      <p>${detail}</p>
      <p><a href="/">To the overview</a></p>
    </section>`,
  });
