// The do-not-call lists: what is on them, adding and removing a number, and importing a file.

import {$, count, date, element} from './dom.js';
import {all, ask, json, problem, send} from './api.js';
import {allow} from './caller.js';

const AT_ONCE = 50;
const MOST_LINES = 20;

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
    return 'It binds all campaigns.';
  }
  return [list.country && `Country ${list.country}`, list.source,
    list.loaded_at ? `loaded ${date.format(new Date(list.loaded_at))}` : 'never loaded',
    list.max_age_days && `at most ${count(list.max_age_days)} days old`].filter(Boolean).join(', ');
}

function showAbout() {
  $('listed-about').textContent = aboutOf(lists.find(list => list.name === chosen()));
  $('add-title').textContent = `Add a number to ${chosen() ? `list ${chosen()}` : 'the list for all campaigns'}`;
}

function rowOf(entry, remove) {
  const row = element('tr');
  const end = entry.expires ? `until ${date.format(new Date(entry.expires))}` : 'for ever';
  row.append(...[entry.number, entry.e164 ?? '', end, entry.reason ?? ''].map(text => element('td', text)));
  const button = element('button', 'Remove');
  button.type = 'button';
  button.setAttribute('aria-label', `Remove ${entry.number}`);
  button.dataset.needs = 'admin';
  button.onclick = () => remove(entry.number);
  allow(button);
  const cell = element('td');
  cell.append(button);
  row.append(cell);
  return row;
}

async function load(after, remove) {
  const number = $('listed-find').value.trim();
  const page = await json(path('', {limit: AT_ONCE, after, ...number && {number}}));
  const rows = page.do_not_call.map(entry => rowOf(entry, remove));
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
  $('listed-list').replaceChildren(new Option('for all campaigns', ''), ...lists.map(list => new Option(list.name, list.name)));
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
  const timer = setInterval(() => { seconds.textContent = ` ${Math.round((Date.now() - began) / 1000)} s`; }, 1000);
  const line = element('p', `Importing ${name} …`);
  line.append(seconds);
  report(line);
  return () => clearInterval(timer);
}

function showReport(told) {
  const outcome = told.imported ? 'Imported' : 'Nothing was imported';
  const parts = [element('p', `${outcome}: ${count(told.accepted)} accepted, ${count(told.refused)} refused.`)];
  if (told.left_out.length) {
    const lines = element('ul');
    lines.append(...told.left_out.slice(0, MOST_LINES)
        .map(one => element('li', `Line ${one.line}: ${one.number ?? ''} – ${one.reason}`)));
    parts.push(lines);
  }
  if (told.left_out.length > MOST_LINES) {
    parts.push(element('p', 'and more lines.'));
  }
  report(...parts);
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

async function add(tell) {
  const end = $('listed-end').value;
  const entry = {number: $('listed-number').value.trim(), reason: $('listed-reason').value.trim() || null,
    expires: end ? new Date(end).toISOString() : null};
  const added = await send('POST', path('', $('listed-hangup').checked ? {hangup: 'true'} : {}), entry);
  $('listed-add').reset();
  $('listed-find').value = added.number;
  tell(`${added.number} is on the list`);
}

/** Shows the lists, and the entries of the one that is chosen. */
export let showDoNotCall;

/**
 * @param failed is told what went wrong
 * @param sure   asks before something that cannot be taken back
 * @param tell   is told what has been done
 */
export function listenDoNotCall(failed, sure, tell) {
  const remove = async number => {
    if (await sure(`Remove ${number}?`, 'Campaigns that this list binds may call it again.', 'Remove')) {
      json(path(`/${encodeURIComponent(number)}`), {method: 'DELETE'})
          .then(() => tell(`${number} is removed`)).then(() => load('', remove)).catch(failed);
    }
  };
  showDoNotCall = () => loadLists().then(() => load('', remove));
  const once = (form, work) => {
    $(form).onsubmit = async event => {
      event.preventDefault();
      const button = $(form).querySelector('[type=submit]');
      if (button.ariaBusy === 'true') {
        return;
      }
      button.ariaBusy = 'true';
      try {
        await work();
        await showDoNotCall();
      } catch (error) {
        failed(error);
      }
      button.ariaBusy = null;
    };
  };
  once('listed-filter', async () => {});
  once('listed-add', () => add(tell));
  once('listed-import', importFile);
  $('listed-list').onchange = () => {
    $('listed-into').value = chosen();
    showAbout();
    load('', remove).catch(failed);
  };
  $('listed-more').onclick = () => load(last, remove).catch(failed);
}
