// The live page: asks the HTTP API every two seconds and shows what it answers. Whatever comes from there is data: it is put in
// as text only.

import {$, clock, count, date, element, say, zone} from './dom.js';
import {Problem, all, ask, json, problem, send} from './api.js';
import {allow, showCaller} from './caller.js';
import {listen, showAudit} from './audit.js';
import {listenDoNotCall, showDoNotCall} from './donotcall.js';
import {listenPrompts, showPrompts} from './prompts.js';
import {watchWebhook} from './webhook.js';
import {listenGateways, showGateways} from './gateways.js';
import {forgetNumbers, listenToNumbers} from './numbers.js';
import {showPlot} from './plot.js';
import {forget, listenToPreview} from './preview.js';
import {inOrder, listenSorting, showBulk, showChosen} from './sorting.js';
import {listenStopAll, showStopAll} from './stopall.js';
import {forgetTestCall, listenToTestCall} from './testcall.js';

const EVERY_MS = 2000;
const HIDDEN_EVERY_MS = 20_000;
const LARGEST_IMPORT = 256 * 2 ** 20;
const MOST_CALLS = 20;
const LISTED = 'name,paused,state,idle_reason,why_idle,numbers,finished,in_progress,calls_up,talking,ringing,calls_per_minute,'
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

/**
 * Asks before something that cannot be taken back; resolves to whether it is to be done. `more` is a further thing to choose,
 * which then is in `$('ask-more').checked`.
 */
function sure(title, text, yes, more) {
  $('ask-option').hidden = !more;
  $('ask-option-text').textContent = more ?? '';
  $('ask-more').checked = false;
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

/** What why_idle says of a campaign that is paused, and nothing else is to be said of it. */
const PLAIN = ['paused', 'its run has ended', undefined, null];

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
    const still = up > 0 ? `${count(up)} ${up === 1 ? 'call' : 'calls'} still up` : '';
    const told = PLAIN.includes(campaign.why_idle) ? '' : inLocalTime(campaign.why_idle ?? '');
    return [still, told].filter(Boolean).join(', ');
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

/** How many of the calls talk and how many ring, as far as the asked node knows. */
function talkOf(campaign) {
  const others = (campaign.in_progress ?? 0) - (campaign.calls_up ?? 0);
  return [`${count(campaign.talking ?? 0)} talking`, `${count(campaign.ringing ?? 0)} ringing`,
    others > 0 && `${count(others)} on their way or on other nodes`].filter(Boolean).join(', ');
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
    const now = await send('POST', `${pathOf(campaign)}/${action}`);
    tell(`${nameOf(campaign)} is ${DONE[action]}`);
    if (['start', 'resume'].includes(action) && now.warnings?.length) {
      alertOf(new Problem(`${nameOf(campaign)} is ${DONE[action]}. Warning: ${now.warnings.join('; ')}`));
    }
  } catch (error) {
    alertOf(error);
  }
  button.ariaBusy = null;
  look();
});

const BULK = {start: ['Start', 'Each begins a run.', campaign => campaign.paused],
  pause: ['Pause', 'Calls that are up go on.', campaign => !campaign.paused]};

/** Does it to those that it changes, one after the other; resolves to whether it was done. What fails is told, and the rest done. */
async function bulk(action, chosen) {
  const [label, about, changes] = BULK[action];
  const which = chosen.filter(changes);
  if (!await sure(`${label} ${count(which.length)} of ${count(chosen.length)} campaigns?`,
    which.length < chosen.length ? `${about} The others are so already.` : about, label)) {
    return false;
  }
  const failed = [];
  for (const campaign of which) {
    await send('POST', `${pathOf(campaign)}/${action}`).catch(error => failed.push(`${nameOf(campaign)}: ${error.message}`));
  }
  tell(`${count(which.length - failed.length)} campaigns are ${DONE[action]}`);
  if (failed.length) {
    alertOf(new Problem(failed.join('; ')));
  }
  look();
  return true;
}

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
      attempt.digits && `pressed ${attempt.digits}`, attempt.menu_answer, attempt.answered_by === 'machine' && 'machine',
      attempt.agent ? `with ${attempt.agent}` : attempt.hand_over, several && attempt.call_switch];
    item.append(ended, element('strong', attempt.number), status, element('span', about.filter(Boolean).join(' · '), 'about'));
    return item;
  }));
  if (activity.latest.length === 0) {
    list.append(element('li', named ? 'No attempt has ended yet.' : 'None of the latest 5,000 attempts is one of this campaign.',
      'empty'));
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
  showChosen(row.querySelector('.pick'), campaign);
  row.querySelector('.emergency').hidden = !campaign.emergency;
  row.querySelector('.emergency').title = campaign.emergency ?? '';
  showProgress(row.querySelector('progress'), campaign);
  say(row.querySelector('.of'), progressOf(campaign));
  say(row.querySelector('.cap'), capOf(campaign));
  say(row.querySelector('.talk'), campaign.calls_up > 0 ? talkOf(campaign) : '');
  say(row.querySelector('.pace'), count(campaign.calls_per_minute ?? 0));
  showActions(row.querySelector('.actions'), campaign);
  const wanted = $('find').value.trim().toLowerCase();
  const state = $('show').value;
  row.hidden = !nameOf(campaign).toLowerCase().includes(wanted) || state && stateOf(campaign) !== state;
  return row;
}

const visible = () => campaigns.filter(campaign => rows.get(campaign.i_campaign)?.hidden === false);

function showCampaigns() {
  const body = $('campaigns');
  campaigns.forEach(campaign => Object.assign(campaign, {title: nameOf(campaign), now: stateOf(campaign)}));
  campaigns = inOrder(campaigns);
  const shown = campaigns.map(showRow);
  showBulk(visible());
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
  say($('total-talk'), sum('calls_up') > 0
    ? talkOf({in_progress: sum('in_progress'), calls_up: sum('calls_up'), talking: sum('talking'), ringing: sum('ringing')}) : '');
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
    chip.dataset.name = one.name;
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
  forgetNumbers(pathOf(campaign), campaign.i_campaign);
  forgetTestCall(pathOf(campaign));
  showActions($('campaign-actions'), campaign);
  say($('campaign-finished'), progressOf(campaign));
  showProgress($('campaign-progress'), campaign);
  say($('campaign-up'), capOf(campaign));
  say($('campaign-talk'), campaign.calls_up > 0 ? talkOf(campaign) : '');
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
  if (campaign.warnings) {
    $('campaign-warnings').replaceChildren(...campaign.warnings.map(warning => element('li', `Warning: ${warning}`)));
  }
  const known = [...STATUSES, ...Object.keys(statuses).filter(status => !STATUSES.includes(status))];
  $('statuses').replaceChildren(...known.filter(status => statuses[status]).map(status => {
    const pair = element('div');
    const again = campaign.to_retry?.[status];
    pair.append(element('dt', status), element('dd', count(statuses[status])));
    if (again) {
      pair.append(element('dd', again === 1 ? '1 is called again' : `${count(again)} are called again`, 'again'));
    }
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
    $('alert').hidden = true;
    $('report').scrollIntoView({block: 'nearest'});
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
  list.append(...told.slice(0, 20).map(one => element('li',
    `${one.item ? `Item ${one.item}` : `Line ${one.line}`}: ${one.cld ?? ''} – ${one.reason}`)));
  return told.length > 20 ? [list, element('p', 'and more.')] : [list];
}

$('delete').onclick = async () => {
  const campaign = campaigns.find(one => one.i_campaign === shownKey);
  try {
    const there = await json(`${pathOf(campaign)}?dry-run=true`, {method: 'DELETE'});
    const stays = `Its ${count(there.attempts)} attempts stay in the database`;
    const numbers = there.numbers ? `, and so do its ${count(there.numbers)} numbers unless you remove them` : '';
    if (!await sure(`Delete ${nameOf(campaign)}?`, `The campaign and its settings are gone then. ${stays}${numbers}.`, 'Delete',
      there.numbers ? `Remove its ${count(there.numbers)} numbers, too` : undefined)) {
      return;
    }
    await json(`${pathOf(campaign)}?numbers=${$('ask-more').checked ? 'remove' : 'keep'}`, {method: 'DELETE'});
    tell(`${nameOf(campaign)} is deleted`);
    location.hash = '';
  } catch (error) {
    alertOf(error);
  }
};

$('clone').onclick = () => {
  const campaign = campaigns.find(one => one.i_campaign === shownKey);
  $('clone-problem').hidden = true;
  $('clone-name').value = `${nameOf(campaign)} (copy)`;
  $('clone-dialog').showModal();
  $('clone-name').select();
};

$('clone-form').onsubmit = async event => {
  event.preventDefault();
  const campaign = campaigns.find(one => one.i_campaign === shownKey);
  try {
    const made = await send('POST', `${pathOf(campaign)}/clone`, {name: $('clone-name').value.trim()});
    $('clone-dialog').close();
    tell(`${nameOf(made)} is created, and paused`);
    location.hash = `#campaign-${made.i_campaign}`;
  } catch (error) {
    $('clone-problem').textContent = error.message;
    $('clone-problem').hidden = false;
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
    ['i_ivr_prompt', 'i_machine_prompt', 'i_no_agent_prompt', 'i_record_prompt'].forEach(name => options(form.elements[name], prompts,
      prompt => [prompt.i_ivr_prompt, prompt.name || prompt.file || prompt.i_ivr_prompt]));
    options(form.elements.i_menu, menus, menu => [menu.i_menu, menu.name || menu.i_menu]);
    options(form.elements.i_schedule, schedules, schedule => [schedule.i_schedule, schedule.name || schedule.i_schedule]);
    fieldsOf().forEach(field => { field.value = shownIn(field, values[field.name]); });
  } catch (error) {
    alertOf(error);
    return;
  }
  if (!$('zones').children.length) {
    $('zones').append(...Intl.supportedValuesOf('timeZone').map(zone => new Option(zone, zone)));
  }
  complain(null);
  filled = written();
  hint();
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

/** Some columns hold a smaller unit than people think in. */
const scaleOf = field => Number(field.dataset.scale ?? 1);

const shownIn = (field, value) => (value === null || value === undefined ? '' : 'scale' in field.dataset
  ? String(value / scaleOf(field)) : String(value));

/** A blank field is null: it has its default. */
function valueOf(field) {
  const text = field.value.trim();
  if (text === '') {
    return null;
  }
  const number = Number(text);
  return (field.matches('select') || 'number' in field.dataset) && !Number.isNaN(number)
    ? Number((number * scaleOf(field)).toFixed(6)) : text;
}

/** What is wrong in the words of the form: its labels instead of columns, and its units. */
function inWords(detail, own) {
  const text = 'scale' in own.dataset
    ? detail.replace(/whole number/, 'number').replace(/\d+/g, number => Number(number) / scaleOf(own)) : detail;
  return fieldsOf().reduce((told, field) => told.replace(new RegExp(`\\b${field.name}\\b`, 'g'),
    /_/.test(field.name) ? `“${labelOf(field)}”` : field.name), text);
}

const labelOf = field => field.parentElement.firstChild.textContent.trim().replace(/\s+/g, ' ');

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
    const note = element('span', inWords(one.detail, field), 'problem');
    note.id = `problem-${one.field}`;
    field.after(note);
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', note.id);
  }
  const unnamed = (error?.fields ?? []).filter(one => !form.elements[one.field]).map(one => `${one.field}: ${one.detail}`);
  $('edit-problem').hidden = !error || named.length > 0 && unnamed.length === 0;
  $('edit-problem').textContent = !error ? '' : named.length ? unnamed.join('; ') : error.message;
  fieldsOf().find(field => named.some(one => one.field === field.name))?.focus();
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

/** Everything in the form, to find out whether something would be lost. */
const written = () => JSON.stringify(fieldsOf().map(field => field.value));

let filled = '';

async function leave() {
  if (written() === filled || await sure('Drop what you have entered?', 'It has not been saved.', 'Drop')) {
    $('edit').close();
  }
}

$('edit').addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    event.preventDefault();
    leave();
  }
});
$('edit').oncancel = event => event.preventDefault();
$('leave').onclick = leave;

/** Whoever leaves both blank should know what callees see then. */
function hint() {
  $('cli-hint').hidden = Boolean(form.elements.cli.value.trim() || form.elements.caller_id_pool.value.trim());
}

form.oninput = hint;

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
    campaigns = found;
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
  if (!now) {
    // What was true when Callout last answered need not be true now.
    [...$('switches').children].forEach(chip => {
      delete chip.dataset.good;
      say(chip, `${chip.dataset.name}: not known`);
    });
  }
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
  gateways: ['ways-place', () => showGateways()], prompts: ['prompts-place', () => showPrompts()]};

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
listenToNumbers(alertOf, sure, tell, look);
listenDoNotCall(alertOf, sure, tell);
listenGateways(alertOf, sure, tell);
listenPrompts(alertOf, sure, tell);
watchWebhook();
listenStopAll(alertOf, sure, tell, look);
listenSorting(visible, showCampaigns, bulk);
document.querySelectorAll('.zone').forEach(node => say(node, `Times are ${zone}.`));
addEventListener('hashchange', go);
document.addEventListener('visibilitychange', () => { if (!document.hidden) { look(); } });
go();
