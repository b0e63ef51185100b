// Gateways, groups of gateways and caller IDs: how they stand on the node that answers, and forms that change them.

import {all, json, read, send} from './api.js';
import {allow, button} from './caller.js';
import {$, element, rowOf} from './dom.js';
import {clock, count, t} from './texts.js';
import {failed, onSubmit, sure, tell} from './told.js';

const EVERY_MS = 5000;
const MOST_CALLER_IDS = 500;
const ADMIN = 'admin';
const OPERATOR = 'operator';

/**
 * The fields of a form, each a column; its texts are form.<form>.<name>, and form.<form>.<name>.example. For numbers, flags and choices, what
 * the column takes; otherwise: the default of a flag.
 */
const FIELDS = {
  way: [
    {name: 'name', required: true, example: true},
    {name: 'enabled', flag: true, otherwise: true},
    {name: 'switches'},
    {name: 'calls_per_second', number: true},
    {name: 'max_calls', number: true},
    {name: 'priority', number: true, example: true},
    {name: 'cost_per_minute', number: true},
    {name: 'billing_increment', example: true},
    {name: 'weight', number: true, example: true},
    {name: 'prefixes', example: true},
    {name: 'dial_format', options: ['as-written', 'e164', 'e164-plus', 'national']},
    {name: 'strip', number: true, example: true},
    {name: 'prefix', example: true},
    {name: 'codecs', example: true},
    {name: 'caller_id_pool'},
    {name: 'asserted_identity', example: true},
    {name: 'attest', options: ['A', 'B', 'C']},
    {name: 'privacy', flag: true},
  ],
  group: [
    {name: 'name', required: true},
    {name: 'gateways', required: true, example: true},
    {name: 'max_legs', number: true, example: true},
  ],
  'caller-id': [
    {name: 'pool', required: true},
    {name: 'number', required: true},
    {name: 'weight', number: true, example: true},
    {name: 'prefix', example: true},
  ],
};

let gateways = [];
let groups = [];
let pools = [];
/** The row that each form edits; a form without one describes a new row. */
const edited = {};

function inputOf(form, field) {
  const input = element(field.options ? 'select' : 'input');
  input.name = field.name;
  if (field.options) {
    input.append(new Option(t('default'), ''), ...field.options.map(option => new Option(option)));
  } else {
    input.type = field.flag ? 'checkbox' : 'text';
    input.defaultChecked = Boolean(field.otherwise);
    input.required = Boolean(field.required);
    input.placeholder = field.example ? t(`form.${form}.${field.name}.example`) : '';
    input.autocomplete = 'off';
  }
  return input;
}

function labelOf(form, field) {
  const label = element('label', undefined, field.flag ? 'check' : undefined);
  const text = t(`form.${form}.${field.name}`);
  label.append(...field.flag ? [inputOf(form, field), ` ${text}`] : [`${text} `, inputOf(form, field)]);
  return label;
}

function build(form, needs) {
  const submit = element('button', t(`form.${form}.save`));
  submit.type = 'submit';
  submit.dataset.needs = needs;
  allow(submit);
  const leave = element('button', t('discard'));
  leave.type = 'reset';
  leave.hidden = true;
  $(form).onreset = () => {
    delete edited[form];
    leave.hidden = true;
  };
  $(form).replaceChildren(...FIELDS[form].map(field => labelOf(form, field)), submit, leave);
}

function valueOf(input, field) {
  const text = input.value.trim();
  return field.flag ? input.checked : text === '' ? null : field.number && !Number.isNaN(Number(text)) ? Number(text) : text;
}

const valuesOf = form =>
  Object.fromEntries(FIELDS[form].map(field => [field.name, valueOf($(form).elements[field.name], field)]));

/** The value of a field as the form has it: in one line. */
function shownOf(row, field) {
  const value = row[field.name] ?? (field.flag ? Boolean(field.otherwise) : null);
  return typeof value === 'string' ? value.trim().replace(/\s+/g, ' ') || null : value;
}

/** Edits a row in a form. */
function edit(form, row) {
  edited[form] = row;
  for (const field of FIELDS[form]) {
    const input = $(form).elements[field.name];
    if (field.flag) {
      input.checked = shownOf(row, field);
    } else {
      input.value = shownOf(row, field) ?? '';
    }
  }
  $(form).querySelector('[type=reset]').hidden = false;
  $(form).elements[FIELDS[form][0].name].focus();
}

/** What of the edited row the form has changed, so that nothing is changed back that somebody else has changed meanwhile. */
const changesOf = (form, values) => Object.fromEntries(
    FIELDS[form].filter(field => values[field.name] !== shownOf(edited[form], field)).map(field => [field.name, values[field.name]]));

function stateOf(gateway) {
  if (gateway.enabled === false) {
    return t('disabled');
  }
  const rests = gateway.rests.map(rest => t('way.rest', {switch: rest.switch, why: rest.why, until: clock(rest.until)}));
  return rests.length ? t('way.rests', {rests: rests.join('; ')}) : t('enabled');
}

/** Buttons of a row, in one cell. */
function buttons(...made) {
  const cell = document.createDocumentFragment();
  cell.append(...made.filter(Boolean));
  return cell;
}

/** Whoever works in a table keeps the row under the hands. */
function put(table, none, rows) {
  if (!$(table).contains(document.activeElement)) {
    $(table).replaceChildren(...rows);
    $(none).hidden = rows.length > 0;
  }
}

async function load() {
  [gateways, groups, pools] = await Promise.all([all('gateways', 'gateways'), all('gateway-groups', 'gateway_groups'),
    all('caller-id-pools', 'caller_id_pools')]);
}

const shown = () => !$('ways-place').hidden && !document.hidden;

/** Does what a button asks for, and shows all anew. */
const done = (work, text) => () => {
  // So that the table is shown anew.
  document.activeElement?.blur();
  return work().then(() => text && tell(text)).then(() => { showGateways().catch(failed); }, failed);
};

const remove = (path, what) => async () => {
  if (await sure(t('remove.title', {what}), t('remove.about'), t('remove'))) {
    done(() => json(path, {method: 'DELETE'}), t('done.removed', {what}))();
  }
};

async function changeCallerIds(pool, change) {
  const path = `caller-id-pools/${pool.i_caller_id_pool}`;
  const [{caller_ids: callerIds}, etag] = await read(path);
  return send('PATCH', path, {caller_ids: change(callerIds)}, {'If-Match': etag});
}

const isSame = (one, other) => one.number === other.number && one.prefix === other.prefix;

/** The words for what makes enabled of disabled, and the other way round. */
const turned = (off, what) => [t(off ? 'enable' : 'disable'), t(off ? 'done.enabled' : 'done.disabled', {what})];

function gatewayRow(gateway) {
  const path = `gateways/${gateway.i_gateway}`;
  const off = gateway.enabled === false;
  const [turn, told] = turned(off, gateway.name);
  return rowOf([gateway.name, stateOf(gateway), count(gateway.calls_up), count(gateway.calls_per_minute),
    gateway.prefixes ?? t('all'), buttons(
      button(t('edit'), gateway.name, ADMIN, () => edit('way', gateway)),
      button(turn, gateway.name, ADMIN, done(() => send('PATCH', path, {enabled: off}), told)),
      gateway.rests.length > 0 && button(t('way.end_rest'), gateway.name, OPERATOR,
        done(() => send('POST', `${path}/reset`), t('way.rest_ended', {name: gateway.name}))),
      button(t('remove'), gateway.name, ADMIN, remove(path, gateway.name)))]);
}

function groupRow(group) {
  return rowOf([group.name, group.gateways, buttons(
    button(t('edit'), group.name, ADMIN, () => edit('group', group)),
    button(t('remove'), group.name, ADMIN, remove(`gateway-groups/${group.i_gateway_group}`, group.name)))]);
}

function callerIdRow(pool, callerId) {
  if (!callerId) {
    const what = t('pool', {name: pool.name});
    return rowOf([pool.name, '', t('pool.empty'), '',
      button(t('remove'), what, OPERATOR, remove(`caller-id-pools/${pool.i_caller_id_pool}`, what))]);
  }
  const off = callerId.enabled === false;
  const [turn, told] = turned(off, callerId.number);
  return rowOf([pool.name, callerId.number, t(off ? 'disabled' : 'enabled'), callerId.prefix ?? t('all'), buttons(
    button(turn, callerId.number, OPERATOR, done(() => changeCallerIds(pool, all =>
      all.map(one => (isSame(one, callerId) ? {...one, enabled: off} : one))), told)),
    button(t('remove'), callerId.number, OPERATOR, done(() => changeCallerIds(pool, all =>
      all.filter(one => !isSame(one, callerId))), t('done.removed', {what: callerId.number}))))]);
}

/** Shows all of it. */
export async function showGateways() {
  if (!$('way').elements.length) {
    build('way', ADMIN);
    build('group', ADMIN);
    build('caller-id', OPERATOR);
  }
  await load();
  put('ways', 'no-ways', gateways.map(gatewayRow));
  put('groups', 'no-groups', groups.map(groupRow));
  const rows = pools.flatMap(pool => (pool.caller_ids.length ? pool.caller_ids : [null]).map(one => [pool, one]));
  put('caller-ids', 'no-caller-ids', rows.slice(0, MOST_CALLER_IDS).map(row => callerIdRow(...row)));
  $('more-caller-ids').hidden = rows.length <= MOST_CALLER_IDS;
}

function onSave(form, store) {
  onSubmit($(form), async () => {
    const values = valuesOf(form);
    await done(() => store(values).then(() => $(form).reset()), t('done.saved', {what: values.number ?? values.name}))();
  });
}

export function listenGateways() {
  const keep = (form, path, key) => onSave(form, values => (edited[form]
    ? send('PATCH', `${path}/${edited[form][key]}`, changesOf(form, values)) : send('POST', path, values)));
  keep('way', 'gateways', 'i_gateway');
  keep('group', 'gateway-groups', 'i_gateway_group');
  onSave('caller-id', ({pool: name, ...added}) => {
    const pool = pools.find(one => one.name === name);
    return pool ? changeCallerIds(pool, callerIds => [...callerIds, added])
      : send('POST', 'caller-id-pools', {name, caller_ids: [added]});
  });
  setInterval(() => { if (shown()) { showGateways().catch(() => {}); } }, EVERY_MS);
}
