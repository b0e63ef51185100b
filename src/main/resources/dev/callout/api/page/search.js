// Numbers of all campaigns: finds them in any spelling, shows their calls, and changes, removes or calls them again.

import {json, send} from './api.js';
import {aboutAttempt} from './attempts.js';
import {button, may} from './caller.js';
import {$, choice, element, labelled, make, rowOf, tableOf} from './dom.js';
import {editNumber} from './number.js';
import {now} from './live.js';
import {count, date, t} from './texts.js';
import {busy, failed, onSubmit, sure, tell} from './told.js';
import {STATUSES, nameOf, span, statusOf} from './words.js';

const AT_ONCE = 50;
const NOT_REACHED = ['failure', 'premature hangup'];

let form = null;
let body = null;
let more = null;
let note = null;
/** Where the search goes on; null: it has come to the end. */
let next = null;
/** Grows with each search, so that an older one ends. */
let search = 0;

const pathOf = row => `campaigns/${row.i_campaign}/numbers/${row.i_campaign_phone}`;

const campaignOf = row => now.campaigns.find(one => one.i_campaign === row.i_campaign) ?? {i_campaign: row.i_campaign};

function nextCall(row) {
  return row.finished || !row.next_call ? t(row.finished ? 'search.finished' : 'search.any_time') : date(row.next_call);
}

/** What each attempt was, the latest last. */
async function historyOf(row) {
  const {attempts} = await json(`${pathOf(row)}/attempts`);
  if (!attempts.length) {
    return element('p', t('history.none'), 'empty');
  }
  const list = element('ol', undefined, 'attempts');
  list.append(...attempts.map(attempt => {
    const status = element('span', statusOf(attempt.status), 'status');
    status.dataset.status = attempt.status;
    const lasted = attempt.connect_time && attempt.disconnect_time
      ? t('history.talked', {span: span((Date.parse(attempt.disconnect_time) - Date.parse(attempt.connect_time)) / 1000)}) : '';
    return make('li', {}, element('time', date(attempt.setup_time ?? attempt.disconnect_time)),
      element('strong', t('attempt.nth', {nth: attempt.attempt})), status, element('span',
        [lasted, ...aboutAttempt({...attempt, attempt: 1}), attempt.call_gateway, attempt.call_switch].filter(Boolean).join(' · '),
        'about'));
  }));
  return list;
}

async function toggleHistory(row, line, opener) {
  if (line.nextElementSibling?.classList.contains('history')) {
    line.nextElementSibling.remove();
    opener.ariaExpanded = 'false';
    return;
  }
  const cell = make('td', {colSpan: line.children.length}, await historyOf(row));
  line.after(make('tr', {className: 'history'}, cell));
  opener.ariaExpanded = 'true';
}

async function callAgain(row) {
  await send('POST', `${pathOf(row)}/call-again`);
  tell(t('search.again.done', {number: row.cld}));
  await renew(row);
}

async function remove(row, campaign) {
  const about = campaign.destination_list
    ? t('search.remove.about_list', {table: campaign.destination_list}) : t('search.remove.about');
  if (await sure(t('remove.title', {what: row.cld}), about, t('remove'))) {
    await json(pathOf(row), {method: 'DELETE'});
    tell(t('done.removed', {what: row.cld}));
    await renew(row);
  }
}

/** Shows a number as it is now. */
async function renew(row) {
  const line = [...body.children].find(one => one.dataset.key === pathOf(row));
  line.nextElementSibling?.classList.contains('history') && line.nextElementSibling.remove();
  const found = await json(pathOf(row)).catch(error => (error.status === 404 ? null : Promise.reject(error)));
  if (found) {
    line.replaceWith(lineOf(found));
  } else {
    line.remove();
  }
}

function lineOf(row) {
  const campaign = campaignOf(row);
  const status = element('span', statusOf(row.status), 'status');
  status.dataset.status = row.status;
  const does = (key, needs, work) => {
    const made = button(t(key), row.cld, needs, () => busy(made, () => work(made)));
    return made;
  };
  const history = does('search.history', 'viewer', made => toggleHistory(row, line, made));
  history.ariaExpanded = 'false';
  const line = rowOf([
    make('a', {href: `#campaign-${row.i_campaign}`, textContent: nameOf(campaign)}), row.cld, status,
    row.hangup_cause, count(row.call_count), row.disconnect_time ? date(row.disconnect_time) : '', nextCall(row),
    make('div', {className: 'actions'}, history,
      row.finished && NOT_REACHED.includes(row.status) && does('search.again', 'operator', () => callAgain(row)),
      does('edit', 'operator', () => editNumber(pathOf(row), row.cld, () => renew(row))),
      does('remove', 'operator', () => remove(row, campaign)))]);
  const labels = ['campaign', 'number', 'status', 'cause', 'calls', 'last', 'next'];
  labels.forEach((label, i) => { line.children[i].dataset.label = t(`search.${label}`); });
  line.dataset.key = pathOf(row);
  return line;
}

/**
 * Asks for the next numbers until some are found, or there are none: without an index the API looks at a part of the numbers in
 * each request.
 */
async function load(after) {
  const own = ++search;
  const given = {number: form.elements.number.value.trim(), campaign: form.elements.campaign.value,
    status: form.elements.status.value, cause: form.elements.cause.value.trim()};
  const filters = Object.entries(given).filter(([, value]) => value);
  if (!after) {
    body.replaceChildren();
  }
  next = after;
  more.hidden = true;
  note.textContent = t('search.running');
  try {
    let found = 0;
    do {
      const page = await json(`numbers?${new URLSearchParams([...filters, ['limit', AT_ONCE], ['after', next]])}`);
      if (own !== search) {
        return;
      }
      found += page.numbers.length;
      body.append(...page.numbers.map(lineOf));
      next = page.next;
    } while (next !== null && found < AT_ONCE);
    note.textContent = body.children.length ? t(next === null ? 'search.all' : 'search.some', {n: body.children.length})
      : t('search.none');
  } catch (error) {
    note.textContent = '';
    throw error;
  }
  more.hidden = next === null;
}

function build() {
  const number = make('input', {type: 'search', name: 'number', autocomplete: 'off', disabled: !may('operator'),
    title: may('operator') ? '' : t('search.not_for_viewers')});
  form = make('form', {className: 'tools'},
    labelled(t('search.number_in_any_spelling'), number, 'inline'),
    labelled(t('search.of_campaign'), choice({name: 'campaign'}, [['', t('report.all_campaigns')]]), 'inline'),
    labelled(t('search.of_status'), choice({name: 'status'},
      [['', t('search.any_status')], ...STATUSES.map(status => [status, statusOf(status)])]), 'inline'),
    labelled(t('search.of_cause'), make('input', {name: 'cause', autocomplete: 'off', placeholder: t('search.of_cause.example')}),
      'inline'),
    make('button', {type: 'submit', className: 'primary', textContent: t('search.do')}));
  body = make('tbody');
  more = make('button', {type: 'button', hidden: true, textContent: t('more'), onclick: () => busy(more, () => load(next))});
  note = make('p', {className: 'about muted'});
  note.setAttribute('role', 'status');
  $('search-body').replaceChildren(form, note, tableOf(t('search.table'), [
    ...['campaign', 'number', 'status', 'cause', 'calls', 'last', 'next'].map(one => [t(`search.${one}`)]),
    [t('actions'), '', true]], body), make('p', {}, more));
  onSubmit(form, () => load(0));
}

/** @param key the i_campaign whose numbers are shown; absent: those of all */
export async function showSearch(key) {
  if (!form) {
    build();
  }
  const select = form.elements.campaign;
  const chosen = key ?? select.value;
  const campaigns = now.campaigns.length ? now.campaigns : (await json('campaigns?fields=name&limit=1000')).campaigns;
  select.replaceChildren(select.options[0], ...campaigns.map(one => new Option(nameOf(one), one.i_campaign)));
  select.value = chosen;
  load(0).catch(failed);
}
