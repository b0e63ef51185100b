// The do-not-call lists: what is on them, adding and removing a number, and importing a file.

import {all, ask, json, problem, send} from './api.js';
import {button} from './caller.js';
import {$, element, rowOf} from './dom.js';
import {linesOf} from './importing.js';
import {t} from './texts.js';
import {failed, onSubmit, sure, tell} from './told.js';

const AT_ONCE = 50;

let lists = [];
let last = '';

const chosen = () => $('listed-list').value;

/** The address of entries of the list that is shown. */
function path(rest, query = {}) {
  const named = new URLSearchParams({...query, ...chosen() && {list: chosen()}});
  return `do-not-call${rest}?${named}`;
}

function aboutOf(list) {
  if (!list) {
    return t('listed.binds_all');
  }
  return [list.country && t('listed.country_is', {country: list.country}), list.source,
    list.loaded_at ? t('listed.loaded', {at: new Date(list.loaded_at)}) : t('listed.never_loaded'),
    list.max_age_days && t('listed.max_age', {n: list.max_age_days})].filter(Boolean).join(', ');
}

function showAbout() {
  $('listed-about').textContent = aboutOf(lists.find(list => list.name === chosen()));
  $('add-title').textContent = chosen() ? t('listed.add_to', {list: chosen()}) : t('listed.add_to_all');
}

const row = entry => rowOf([entry.number, entry.e164,
  entry.expires ? t('listed.until', {at: new Date(entry.expires)}) : t('listed.for_ever'), entry.reason,
  button(t('remove'), entry.number, 'admin', () => remove(entry.number))]);

async function load(after) {
  const number = $('listed-find').value.trim();
  const page = await json(path('', {limit: AT_ONCE, after, ...number && {number}}));
  const rows = page.do_not_call.map(row);
  if (after) {
    $('listed-entries').append(...rows);
  } else {
    $('listed-entries').replaceChildren(...rows);
  }
  last = page.next;
  $('listed-more').hidden = last === null;
  $('no-listed').hidden = $('listed-entries').children.length > 0;
}

async function loadLists() {
  const before = chosen();
  lists = await all('do-not-call-lists', 'do_not_call_lists');
  $('listed-list').replaceChildren(new Option(t('listed.all_campaigns'), ''), ...lists.map(list => new Option(list.name, list.name)));
  $('listed-list').value = lists.some(list => list.name === before) ? before : '';
  $('list-names').replaceChildren(...lists.map(list => new Option(list.name, list.name)));
  showAbout();
}

function report(...parts) {
  $('listed-report').replaceChildren(...parts);
}

/** Says how long it has been running; a screen reader hears the beginning and the end alone. */
function importing(name) {
  const seconds = element('span');
  seconds.setAttribute('aria-hidden', 'true');
  const began = Date.now();
  const timer = setInterval(() => { seconds.textContent = ` ${t('span.seconds', {n: Math.round((Date.now() - began) / 1000)})}`; }, 1000);
  const line = element('p', t('import.running', {file: name}));
  line.append(seconds);
  report(line);
  return () => clearInterval(timer);
}

function showReport(told) {
  const counts = ['accepted', 'refused'].map(what => t(`import.${what}`, {n: told[what]})).join(', ');
  report(element('p', t(told.imported ? 'import.done' : 'listed.nothing', {told: counts})), ...linesOf(told.left_out, 'number'));
}

async function importFile() {
  const file = $('listed-file').files[0];
  const query = new URLSearchParams();
  for (const [name, value] of [['list', $('listed-into').value.trim()], ['country', $('listed-country').value.trim()],
    ['replace', $('listed-replace').checked && 'true'], ['file', file.name]]) {
    if (value) {
      query.set(name, value);
    }
  }
  const end = importing(file.name);
  try {
    const response = await ask(`do-not-call/numbers?${query}`,
        {method: 'POST', headers: {'Content-Type': 'application/octet-stream'}, body: file});
    const told = await response.clone().json().catch(() => ({}));
    if (told.lines === undefined) {
      throw await problem(response);
    }
    showReport(told);
    $('listed-file').value = '';
  } catch (error) {
    report();
    throw error;
  } finally {
    end();
  }
}

async function add() {
  const end = $('listed-end').value;
  const entry = {number: $('listed-number').value.trim(), reason: $('listed-reason').value.trim() || null,
    expires: end ? new Date(end).toISOString() : null};
  const added = await send('POST', path('', $('listed-hangup').checked ? {hangup: 'true'} : {}), entry);
  $('listed-add').reset();
  $('listed-find').value = added.number;
  tell(t('listed.added', {number: added.number}));
}

/** Shows the lists, and the entries of the one that is chosen. */
export const showDoNotCall = () => loadLists().then(() => load(''));

async function remove(number) {
  try {
    if (await sure(t('remove.title', {what: number}), t('listed.remove.about'), t('remove'))) {
      await json(path(`/${encodeURIComponent(number)}`), {method: 'DELETE'});
      tell(t('done.removed', {what: number}));
      await load('');
    }
  } catch (error) {
    failed(error);
  }
}

export function listenDoNotCall() {
  const once = (form, work) => onSubmit($(form), async () => {
    await work();
    await showDoNotCall();
  });
  once('listed-filter', async () => {});
  once('listed-add', add);
  once('listed-import', importFile);
  $('listed-list').onchange = () => {
    $('listed-into').value = chosen();
    showAbout();
    load('').catch(failed);
  };
  $('listed-more').onclick = () => load(last).catch(failed);
}
