// The live page: asks the HTTP API every two seconds and shows what it answers. Whatever comes from there is data: it is put in
// as text only.

import {$, clock, count, date, element, say} from './dom.js';
import {Problem, all, ask, json, problem, send} from './api.js';
import {allow, showCaller} from './caller.js';
import {listen, showAudit} from './audit.js';
import {listenDoNotCall, showDoNotCall} from './donotcall.js';
import {listenGateways, showGateways} from './gateways.js';
import {showPlot} from './plot.js';
import {forget, listenToPreview} from './preview.js';
import {listenStopAll, showStopAll} from './stopall.js';
import {forgetTestCall, listenToTestCall} from './testcall.js';

const EVERY_MS = 2000;
const HIDDEN_EVERY_MS = 20_000;
const LARGEST_IMPORT = 256 * 2 ** 20;
const MOST_CALLS = 20;
const LISTED = 'name,paused,state,idle_reason,why_idle,numbers,finished,in_progress,calls_up,calls_per_minute,'
  + 'max_concurrent_calls,emergency,destination_list,run_started,run_ended,calls_made';
/** Of a number, in the order in which it comes by them. */
const STATUSES = ['idle', 'trying', 'answer', 'success', 'premature hangup', 'failure'];

// ---- What an operator is told ----

function alertOf(error) {
  const close = element('button', 'Close');
  close.type = 'button';
  close.onclick = () => { $('alert').hidden = true; };
  $('alert').replaceChildren(element('span', error.message), close);
  $('alert').hidden = false;
}

function tell(text) {
  $('alert').hidden = true;
  $('done').textContent = text;
}

/** Asks before something that cannot be taken back; resolves to whether it is to be done. */
function sure(title, text, yes) {
  $('ask-title').textContent = title;
  $('ask-text').textContent = text;
  $('ask-yes').textContent = yes;
  return new Promise(resolve => {
    $('ask').returnValue = '';
    $('ask').onclose = () => resolve($('ask').returnValue === 'yes');
    $('ask-yes').onclick = () => $('ask').close('yes');
    $('ask').showModal();
  });
}

// ---- A campaign in words ----

/** A name may be missing, or be several campaigns': the key is what the page goes by. */
const nameOf = campaign => campaign.name || `Campaign ${campaign.i_campaign}`;

const pathOf = campaign => `campaigns/${campaign.i_campaign}`;

/** Reasons that the page tells in words of its own. */
const WORDS = {cap: 'all its lines are in use', rate: 'paced by its time between two calls'};

/** Reasons that hold until the dialler has looked at a campaign that is no longer paused. */
const NOT_YET = ['paused', 'run_ended'];

function stateOf(campaign) {
  if (campaign.paused) {
    return campaign.run_ended ? 'stopped' : 'paused';
  }
  if (!campaign.state || NOT_YET.includes(campaign.idle_reason)) {
    return 'starting';
  }
  if (campaign.calls_up > 0 || campaign.in_progress > 0 || campaign.state === 'dialling') {
    return 'dialling';
  }
  return campaign.numbers > 0 && campaign.finished === campaign.numbers ? 'done' : 'idle';
}

const inLocalTime = text => text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, instant => date.format(new Date(instant)));

function whyOf(campaign) {
  const up = campaign.calls_up;
  if (campaign.paused) {
    return up > 0 ? `${count(up)} ${up === 1 ? 'call' : 'calls'} still up` : '';
  }
  if (campaign.numbers === 0 && !campaign.destination_list) {
    return 'it has no numbers yet: import some';
  }
  if (stateOf(campaign) === 'done') {
    return 'all numbers are finished';
  }
  if (stateOf(campaign) === 'starting') {
    return campaign.state ? '' : campaign.why_idle;
  }
  return inLocalTime(WORDS[campaign.idle_reason] ?? campaign.why_idle ?? '');
}

function progressOf(campaign) {
  if (campaign.destination_list) {
    return `table ${campaign.destination_list}`;
  }
  return campaign.numbers === undefined ? '–' : `${count(campaign.finished)} of ${count(campaign.numbers)}`;
}

const capOf = campaign => `${count(campaign.in_progress ?? 0)} of ${count(campaign.max_concurrent_calls ?? MOST_CALLS)}`;

/** What the first button does: the page offers what the state asks for. */
function toggleOf(campaign) {
  if (!campaign.paused) {
    return 'pause';
  }
  return campaign.run_started && !campaign.run_ended ? 'resume' : 'start';
}

const DONE = {start: 'started', pause: 'paused', resume: 'resumed', stop: 'stopped'};
const LABEL = {start: 'Start', pause: 'Pause', resume: 'Resume', stop: 'Stop'};

function showActions(group, campaign) {
  for (const button of group.querySelectorAll('[data-action]')) {
    const action = button.dataset.action === 'toggle' ? toggleOf(campaign) : button.dataset.action;
    say(button, LABEL[action]);
    button.setAttribute('aria-label', `${LABEL[action]} ${nameOf(campaign)}`);
    button.dataset.key = campaign.i_campaign;
    button.dataset.does = action;
    allow(button);
    const hidden = action === 'stop' && button.dataset.action === 'stop'
        ? campaign.paused && !(campaign.run_started && !campaign.run_ended)
        : button.dataset.action === 'resume' && !(campaign.paused && campaign.run_ended);
    if (hidden && button === document.activeElement) {
      group.querySelector('[data-action=toggle]').focus();
    }
    button.hidden = hidden;
  }
}

function showProgress(bar, campaign) {
  bar.max = campaign.numbers || 1;
  bar.value = campaign.finished || 0;
  bar.hidden = Boolean(campaign.destination_list);
  bar.setAttribute('aria-label', `Numbers of ${nameOf(campaign)} finished`);
}

function showState(node, campaign) {
  say(node, stateOf(campaign));
  node.dataset.state = stateOf(campaign);
}

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-does]');
  const campaign = button && campaigns.find(one => String(one.i_campaign) === button.dataset.key);
  if (!campaign || button.ariaBusy === 'true') {
    return;
  }
  const action = button.dataset.does;
  if (action === 'stop' && !await sure(`Stop ${nameOf(campaign)}?`,
      'Its run ends, and no new call is made. Calls that are up go on.', 'Stop')) {
    return;
  }
  button.ariaBusy = 'true';
  try {
    await send('POST', `${pathOf(campaign)}/${action}`);
    tell(`${nameOf(campaign)} is ${DONE[action]}`);
  } catch (error) {
    alertOf(error);
  }
  button.ariaBusy = null;
  look();
});

// ---- Latest attempts ----

function showAttempts(list, activity, named) {
  const keys = activity.latest.map(attempt => attempt.call_uuid).join();
  if (list.dataset.shown === keys) {
    return;
  }
  list.dataset.shown = keys;
  const several = $('switches').children.length > 1;
  list.replaceChildren(...activity.latest.map(attempt => {
    const item = element('li');
    const status = element('span', attempt.status, 'status');
    status.dataset.status = attempt.status;
    const ended = element('time', attempt.disconnect_time ? clock.format(new Date(attempt.disconnect_time)) : '');
    const campaign = campaigns.find(one => one.i_campaign === attempt.i_campaign);
    const failed = attempt.status === 'failure';
    const about = [named && campaign && nameOf(campaign), attempt.attempt > 1 && `attempt ${attempt.attempt}`,
      failed && attempt.hangup_cause, failed && attempt.sip_status && `SIP ${attempt.sip_status}`,
      attempt.digits && `pressed ${attempt.digits}`, attempt.menu_answer, several && attempt.call_switch];
    item.append(ended, element('strong', attempt.number), status, element('span', about.filter(Boolean).join(' · '), 'about'));
    return item;
  }));
  if (activity.latest.length === 0) {
    list.append(element('li', `Node ${activity.node} has dialled nothing since it was started.`, 'empty'));
  }
}

// ---- All campaigns ----

let campaigns = [];
const rows = new Map();
const STATES = ['dialling', 'idle', 'done', 'paused', 'stopped'];

function rowOf(campaign) {
  let row = rows.get(campaign.i_campaign);
  if (!row) {
    row = $('row').content.firstElementChild.cloneNode(true);
    row.querySelector('a').href = `#campaign-${campaign.i_campaign}`;
    rows.set(campaign.i_campaign, row);
  }
  return row;
}

function showRow(campaign) {
  const row = rowOf(campaign);
  say(row.querySelector('a'), nameOf(campaign));
  say(row.querySelector('.why'), whyOf(campaign));
  showState(row.querySelector('.state'), campaign);
  row.querySelector('.emergency').hidden = !campaign.emergency;
  row.querySelector('.emergency').title = campaign.emergency ?? '';
  showProgress(row.querySelector('progress'), campaign);
  say(row.querySelector('.of'), progressOf(campaign));
  say(row.querySelector('.up'), capOf(campaign));
  say(row.querySelector('.pace'), count(campaign.calls_per_minute ?? 0));
  showActions(row.querySelector('.actions'), campaign);
  const wanted = $('find').value.trim().toLowerCase();
  const state = $('show').value;
  row.hidden = !nameOf(campaign).toLowerCase().includes(wanted) || state && stateOf(campaign) !== state;
  return row;
}

function showCampaigns() {
  const body = $('campaigns');
  const shown = campaigns.map(showRow);
  if (shown.length !== body.children.length || shown.some((row, i) => body.children[i] !== row)) {
    const focused = document.activeElement;
    body.replaceChildren(...shown);
    focused?.focus();
  }
  for (const key of [...rows.keys()].filter(one => !campaigns.some(campaign => campaign.i_campaign === one))) {
    rows.delete(key);
  }
  $('no-campaigns').hidden = shown.some(row => !row.hidden);
  say($('no-campaigns'), campaigns.length ? 'No campaign is like this.' : 'There is no campaign yet.');

  const sum = field => campaigns.reduce((total, campaign) => total + (campaign[field] ?? 0), 0);
  const dialling = campaigns.filter(campaign => stateOf(campaign) === 'dialling').length;
  say($('total-up'), count(sum('in_progress')));
  say($('total-pace'), count(sum('calls_per_minute')));
  say($('total-dialling'), `${count(dialling)} of ${count(campaigns.length)}`);
  say($('total-finished'), `${count(sum('finished'))} of ${count(sum('numbers'))}`);
  for (const option of $('show').options) {
    const many = campaigns.filter(campaign => !option.value || stateOf(campaign) === option.value).length;
    say(option, `${option.value || 'all'} (${many})`);
  }
}

$('show').append(...['', ...STATES].map(state => new Option(state || 'all', state)));
$('find').oninput = showCampaigns;
$('show').onchange = showCampaigns;

function showSwitches(switches) {
  $('switches').replaceChildren(...switches.map(one => {
    const state = one.connected ? 'connected' : one.last_error || 'not connected';
    const removed = one.leaving ? `removed, ${one.calls_up} calls up, ` : '';
    const chip = element('li', `${one.name}: ${removed}${state}`, 'chip');
    chip.dataset.good = one.connected;
    return chip;
  }));
}

/** Somebody did that on purpose, and may have forgotten it. */
function showHalted(activity) {
  $('halted').hidden = activity.halted.length === 0;
  say($('halted'), activity.halted.length ? inLocalTime(`Node ${activity.node}: ${activity.halted.join(', ')}`) : '');
}

// ---- One campaign ----

let shownKey = null;
let shownPlace = null;

function showCampaign(campaign, statuses) {
  say($('campaign-title'), nameOf(campaign));
  document.title = `${nameOf(campaign)} – Callout`;
  showState($('campaign-state'), campaign);
  say($('campaign-why'), whyOf(campaign));
  $('campaign-emergency').hidden = !campaign.emergency;
  say($('campaign-emergency'), campaign.emergency ? `Emergency: ${campaign.emergency}. No do-not-call list is asked.` : '');
  forget(pathOf(campaign));
  forgetTestCall(pathOf(campaign));
  showActions($('campaign-actions'), campaign);
  say($('campaign-finished'), progressOf(campaign));
  showProgress($('campaign-progress'), campaign);
  say($('campaign-up'), capOf(campaign));
  say($('campaign-pace'), count(campaign.calls_per_minute ?? 0));
  say($('campaign-run'), count(campaign.calls_made));
  const began = campaign.run_started && `Run begun ${date.format(new Date(campaign.run_started))}`;
  const ended = campaign.run_ended && `, ended ${date.format(new Date(campaign.run_ended))}`;
  say($('run'), began ? began + (ended || '') : 'No run has begun yet');
  const planned = (campaign.timetable ?? []).map(one => one.problem ?? (one.next ? `${one.action} at ${one.next}` : ''));
  say($('planned'), inLocalTime(planned.filter(text => text).join(', ').replace(/^./, first => first.toUpperCase())));
  $('csv').href = `api/${pathOf(campaign)}/attempts?format=csv`;
  $('json').href = `api/${pathOf(campaign)}/attempts?format=json`;
  $('import').hidden = Boolean(campaign.destination_list);
  $('statuses').replaceChildren(...STATUSES.filter(status => statuses[status]).map(status => {
    const pair = element('div');
    pair.append(element('dt', status), element('dd', count(statuses[status])));
    return pair;
  }));
}

for (const [id, name] of [['csv', 'attempts.csv'], ['json', 'attempts.json']]) {
  // A link carries no token.
  $(id).onclick = async event => {
    if (!sessionStorage.getItem('token')) {
      return;
    }
    event.preventDefault();
    try {
      const response = await ask($(id).getAttribute('href').replace(/^api\//, ''));
      if (!response.ok) {
        throw await problem(response);
      }
      const link = element('a');
      link.href = URL.createObjectURL(await response.blob());
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch (error) {
      alertOf(error);
    }
  };
}

$('import').onsubmit = async event => {
  event.preventDefault();
  const campaign = campaigns.find(one => one.i_campaign === shownKey);
  const file = $('file').files[0];
  const button = event.submitter;
  if (button.ariaBusy === 'true') {
    return;
  }
  if (file.size > LARGEST_IMPORT) {
    alertOf(new Problem('The file is larger than 256 MB: import it in parts'));
    return;
  }
  const query = new URLSearchParams({mode: $('good').checked ? 'good' : 'all', file: file.name});
  columnsOf().filter(column => column.value).forEach(column => query.set(column.name, column.value));
  button.ariaBusy = 'true';
  $('report').replaceChildren(element('p', `Importing ${file.name} …`));
  try {
    // What the file is, its content decides.
    const response = await ask(`${pathOf(campaign)}/numbers?${query}`,
        {method: 'POST', headers: {'Content-Type': 'application/octet-stream'}, body: file});
    const report = await response.clone().json().catch(() => ({}));
    if (report.lines === undefined) {
      offerColumns(report.columns);
      throw await problem(response);
    }
    showReport(report);
    $('file').value = '';
    offerColumns();
  } catch (error) {
    $('report').replaceChildren();
    alertOf(error);
  }
  button.ariaBusy = null;
  look();
};

const columnsOf = () => [...$('columns').querySelectorAll('select')];

$('file').onchange = () => offerColumns();

/** Lets the user choose, where the headings of a file do not show which column holds what. */
function offerColumns(names = []) {
  $('columns').hidden = names.length === 0;
  for (const column of columnsOf()) {
    const chosen = column.value;
    column.replaceChildren(new Option('not chosen', ''), ...names.map(name => new Option(name)));
    column.value = names.includes(chosen) ? chosen : '';
  }
}

function showReport(report) {
  const told = [`${count(report.accepted)} accepted`, `${count(report.duplicate)} duplicate`,
    `${count(report.do_not_call)} on the do-not-call list`, `${count(report.refused)} refused`].join(', ');
  const outcome = report.imported ? 'Imported' : 'Nothing was imported, since lines are refused';
  const parts = [element('p', `${outcome}: ${told}.`)];
  parts.push(...linesOf(report.left_out));
  if (report.warned) {
    parts.push(element('p', `${count(report.warned)} may be wrong:`), ...linesOf(report.warnings));
  }
  if (report.variables.length) {
    parts.push(element('p', `Columns that became variables: ${report.variables.join(', ')}.`));
  }
  if (report.ignored_columns.length) {
    parts.push(element('p', `Columns that were not used: ${report.ignored_columns.join(', ')}.`));
  }
  $('report').replaceChildren(...parts);
}

function linesOf(told) {
  if (!told.length) {
    return [];
  }
  const list = element('ul');
  list.append(...told.slice(0, 20).map(one => element('li', `Line ${one.line}: ${one.cld ?? ''} – ${one.reason}`)));
  return told.length > 20 ? [list, element('p', 'and more lines.')] : [list];
}

$('delete').onclick = async () => {
  const campaign = campaigns.find(one => one.i_campaign === shownKey);
  if (!await sure(`Delete ${nameOf(campaign)}?`,
      'The campaign and its settings are gone then. Its numbers and attempts stay in the database.', 'Delete')) {
    return;
  }
  try {
    await json(pathOf(campaign), {method: 'DELETE'});
    tell(`${nameOf(campaign)} is deleted`);
    location.hash = '';
  } catch (error) {
    alertOf(error);
  }
};

// ---- Creating and changing ----

const form = $('edit-form');
let editing = null;

const fieldsOf = () => [...form.elements].filter(field => field.name);

async function edit(campaign) {
  try {
    const [prompts, menus, schedules, response] = await Promise.all([all('prompts', 'prompts'), all('menus', 'menus'),
      all('schedules', 'schedules'),
      campaign && ask(pathOf(campaign))]);
    if (response && !response.ok) {
      throw await problem(response);
    }
    const values = response ? await response.json() : {};
    editing = campaign && {path: pathOf(campaign), etag: response.headers.get('ETag'), values};
    options(form.elements.i_ivr_prompt, prompts, prompt => [prompt.i_ivr_prompt, prompt.name || prompt.file || prompt.i_ivr_prompt]);
    options(form.elements.i_menu, menus, menu => [menu.i_menu, menu.name || menu.i_menu]);
    options(form.elements.i_schedule, schedules, schedule => [schedule.i_schedule, schedule.name || schedule.i_schedule]);
    fieldsOf().forEach(field => { field.value = values[field.name] ?? ''; });
  } catch (error) {
    alertOf(error);
    return;
  }
  if (!$('zones').children.length) {
    $('zones').append(...Intl.supportedValuesOf('timeZone').map(zone => new Option(zone, zone)));
  }
  complain(null);
  $('edit-title').textContent = campaign ? `Settings of ${nameOf(campaign)}` : 'New campaign';
  form.querySelector('[type=submit]').textContent = campaign ? 'Save' : 'Create';
  $('edit').showModal();
}

function options(select, found, pair) {
  select.replaceChildren(select.options[0], ...found.map(one => {
    const [key, text] = pair(one);
    return new Option(text, key);
  }));
}

/** A blank field is null: it has its default. */
function valueOf(field) {
  const text = field.value.trim();
  if (text === '') {
    return null;
  }
  const number = Number(text);
  return (field.matches('select') || 'number' in field.dataset) && !Number.isNaN(number) ? number : text;
}

/** Says what is wrong, at the fields that the problem names. */
function complain(error) {
  for (const field of fieldsOf()) {
    field.removeAttribute('aria-invalid');
    field.removeAttribute('aria-describedby');
    field.parentElement.querySelector('.problem')?.remove();
  }
  const named = (error?.fields ?? []).filter(one => form.elements[one.field]);
  for (const one of named) {
    const field = form.elements[one.field];
    const note = element('span', one.detail, 'problem');
    note.id = `problem-${one.field}`;
    field.after(note);
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', note.id);
  }
  $('edit-problem').hidden = !error || named.length > 0;
  $('edit-problem').textContent = error ? error.message : '';
  if (named.length) {
    form.elements[named[0].field].focus();
  }
}

form.onsubmit = async event => {
  event.preventDefault();
  const given = {};
  for (const field of fieldsOf()) {
    const value = valueOf(field);
    if (editing ? value !== (editing.values[field.name] ?? null) : value !== null) {
      given[field.name] = value;
    }
  }
  try {
    const saved = editing ? await send('PATCH', editing.path, given, {'If-Match': editing.etag})
      : await send('POST', 'campaigns', given);
    $('edit').close();
    tell(`${nameOf(saved)} is ${editing ? 'changed' : 'created'}`);
    location.hash = `#campaign-${saved.i_campaign}`;
    look();
  } catch (error) {
    complain(error);
  }
};

$('create').onclick = () => edit(null);
$('change').onclick = () => edit(campaigns.find(one => one.i_campaign === shownKey));
document.querySelectorAll('[data-close]').forEach(button => { button.onclick = () => button.closest('dialog').close(); });
$('sign-in').oncancel = event => event.preventDefault();

// ---- Looking, again and again ----

let turn = 0;
let timer;

/** Asks at once, and then every two seconds; an answer that a later question has overtaken is dropped. */
async function look() {
  clearTimeout(timer);
  const own = ++turn;
  const key = shownKey;
  try {
    const [caller, found, switches, activity, detail] = await Promise.all([
      json('caller'),
      all(`campaigns?fields=${LISTED}`, 'campaigns'),
      json('switches'),
      json(key === null ? 'activity' : `activity?campaign=${key}`),
      key === null ? null : json(`campaigns/${key}`),
      showStopAll(),
    ]);
    if (own !== turn) {
      return;
    }
    campaigns = found.sort((a, b) => nameOf(a).localeCompare(nameOf(b), undefined, {numeric: true}));
    connected(true);
    showCaller(caller);
    showSwitches(switches.switches);
    showHalted(activity);
    showCampaigns();
    if (key === null) {
      showPlot('all-calls', activity);
      showAttempts($('all-latest'), activity, true);
    } else {
      showCampaign(detail, detail.statuses);
      showPlot('campaign-calls', activity);
      showAttempts($('latest'), activity, false);
    }
  } catch (error) {
    const gone = error.status === 404 && key !== null && await isGone(key);
    if (own !== turn) {
      return;
    }
    if (gone) {
      alertOf(error);
      location.hash = '';
    } else {
      connected(false, error);
    }
  }
  timer = setTimeout(look, document.hidden ? HIDDEN_EVERY_MS : EVERY_MS);
}

/** Whether the API lists its campaigns and this is none of them; while Callout starts or stops, there is nothing at its paths. */
async function isGone(key) {
  const found = await all('campaigns?fields=name', 'campaigns').catch(() => null);
  return found !== null && found.every(one => one.i_campaign !== key);
}

let answering = true;
let toldReason = null;

function connected(now, error) {
  say($('connection'), now ? 'Live' : 'Not up to date');
  $('connection').dataset.good = now;
  if (!now && (answering || error.message !== toldReason)) {
    toldReason = error.message;
    alertOf(error instanceof Problem ? error : new Problem(`The page itself failed: ${error.message}`));
  } else if (now && !answering) {
    $('alert').hidden = true;
  }
  answering = now;
}

/** What is shown besides campaigns, by the address behind #: the section's id, and what fills it. */
const PLACES = {audit: ['audit', () => showAudit()], 'do-not-call': ['listed', () => showDoNotCall()],
  gateways: ['ways-place', () => showGateways()]};

/** The address tells what is shown: all campaigns, one, or another place. */
function go() {
  const key = /^#campaign-(\d+)$/.exec(location.hash)?.[1];
  const place = location.hash.slice(1) in PLACES ? location.hash.slice(1) : null;
  const changed = shownKey !== (key ? Number(key) : null) || place !== shownPlace;
  shownKey = key ? Number(key) : null;
  shownPlace = place;
  $('overview').hidden = shownKey !== null || place !== null;
  Object.entries(PLACES).forEach(([name, [id]]) => { $(id).hidden = name !== place; });
  $('campaign').hidden = shownKey === null;
  if (changed) {
    const campaign = campaigns.find(one => one.i_campaign === shownKey);
    document.title = 'Callout';
    $('report').replaceChildren();
    if (campaign) {
      showCampaign(campaign, {});
    }
    $(`${place ? PLACES[place][0] : key ? 'campaign' : 'overview'}-title`).focus();
    scrollTo(0, 0);
    if (place) {
      PLACES[place][1]().catch(alertOf);
    }
  }
  look();
}

listen(alertOf);
listenToPreview(alertOf);
listenToTestCall(alertOf);
listenDoNotCall(alertOf, sure, tell);
listenGateways(alertOf, sure, tell);
listenStopAll(alertOf, sure, tell, look);
addEventListener('hashchange', go);
document.addEventListener('visibilitychange', () => { if (!document.hidden) { look(); } });
go();
