// Asking the HTTP API, with a token where it wants one.

import {$, element} from './dom.js';
import {t} from './texts.js';

/** What the API says is wrong, in its own words. */
export class Problem extends Error {
  constructor(message, status, fields = []) {
    super(message);
    this.status = status;
    this.fields = fields;
  }
}

export async function ask(path, options = {}) {
  const token = sessionStorage.getItem('token');
  const headers = {...options.headers, ...token && {Authorization: `Bearer ${token}`}};
  let response;
  try {
    response = await fetch(`api/${path}`, {...options, headers, cache: 'no-store'});
  } catch {
    throw new Problem(t('api.silent'), 0);
  }
  if (response.status === 401) {
    await signIn(token);
    return ask(path, options);
  }
  return response;
}

export async function json(path, options) {
  const response = await ask(path, options);
  if (!response.ok) {
    throw await problem(response);
  }
  return response.status === 204 ? null : response.json();
}

/** A row, and the tag of its state, which a change names. */
export async function read(path) {
  const response = await ask(path);
  if (!response.ok) {
    throw await problem(response);
  }
  return [await response.json(), response.headers.get('ETag')];
}

export async function problem(response) {
  const told = await response.json().catch(() => ({}));
  return new Problem(told.detail || t('api.status', {status: String(response.status)}), response.status, told.errors);
}

export function send(method, path, value, headers = {}) {
  return json(path, {method, headers: {'Content-Type': 'application/json', ...headers}, body: value && JSON.stringify(value)});
}

export async function all(path, name) {
  const found = [];
  for (let after = 0; after !== null;) {
    const page = await json(`${path}${path.includes('?') ? '&' : '?'}limit=1000&after=${after}`);
    found.push(...page[name]);
    after = page.next;
  }
  return found;
}

/** Saves what a path of the API answers as a file: a link carries no token. */
export async function save(path, name) {
  const response = await ask(path);
  if (!response.ok) {
    throw await problem(response);
  }
  const link = element('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

let signingIn = null;

/** Resolves when there is another token than the one that was refused. */
function signIn(refused) {
  if (sessionStorage.getItem('token') !== refused) {
    return Promise.resolve();
  }
  $('sign-in-problem').hidden = !refused;
  signingIn ??= new Promise(resolve => {
    $('token').value = '';
    $('sign-in').showModal();
    $('sign-in-form').onsubmit = event => {
      event.preventDefault();
      sessionStorage.setItem('token', $('token').value.trim());
      $('sign-in').close();
      signingIn = null;
      resolve();
    };
  });
  return signingIn;
}
