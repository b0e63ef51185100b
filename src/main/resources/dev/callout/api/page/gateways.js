// Gateways, groups of gateways and caller IDs: how they stand on the node that answers, and forms that change them.

import {$, clock, count, element} from './dom.js';
import {all, ask, json, problem, send} from './api.js';
import {allow} from './caller.js';

const EVERY_MS = 5000;
const MOST_CALLER_IDS = 500;
const ADMIN = 'admin';
const OPERATOR = 'operator';

/** A field of a form: the column, what people read, and for numbers, flags and choices, what it takes; otherwise: the default of a flag. */
const GATEWAY = [
  {name: 'name', label: 'Gateway as campaigns name it', required: true, placeholder: 'external/mycarrier'},
  {name: 'enabled', label: 'New calls may leave by it', flag: true, otherwise: true},
  {name: 'switches', label: 'Switches that have it; blank: all'},
  {name: 'calls_per_second', label: 'Calls a second, at most; blank: any number', number: true},
  {name: 'max_calls', label: 'Calls at once, at most; blank: any number', number: true},
  {name: 'priority', label: 'Priority: the lowest is tried first', number: true, placeholder: '1'},
  {name: 'cost_per_minute', label: 'Cost of a minute: of one priority, the cheapest first', number: true},
  {name: 'billing_increment', label: 'Steps in which its seconds are billed', placeholder: '60/6'},
  {name: 'weight', label: 'Weight: its share of the calls', number: true, placeholder: '1'},
  {name: 'prefixes', label: 'Callees that it serves; blank: all', placeholder: 'DE, +43'},
  {name: 'dial_format', label: 'How it wants telephones', options: ['', 'as-written', 'e164', 'e164-plus', 'national']},
  {name: 'strip', label: 'Characters then left out at the beginning', number: true, placeholder: '0'},
  {name: 'prefix', label: 'What is then put before', placeholder: '00'},
  {name: 'codecs', label: "Codecs; blank: the campaign's", placeholder: 'PCMA,PCMU'},
  {name: 'caller_id_pool', label: 'Pool for calls without a caller ID'},
  {name: 'asserted_identity', label: 'P-Asserted-Identity', placeholder: 'caller-id, none, or sip:+4930111@carrier.example'},
  {name: 'attest', label: 'STIR/SHAKEN attestation', options: ['', 'A', 'B', 'C']},
  {name: 'privacy', label: 'Ask the carrier to keep the caller ID from callees', flag: true},
];
const GROUP = [
  {name: 'name', label: 'Group', required: true},
  {name: 'gateways', label: 'Its gateways, separated by commas', required: true, placeholder: 'external/one, external/two'},
  {name: 'max_legs', label: 'By how many of them one attempt may be tried', number: true, placeholder: '2'},
];
const CALLER_ID = [
  {name: 'pool', label: 'Pool that gets it', required: true},
  {name: 'number', label: 'Caller ID that callees see', required: true},
  {name: 'weight', label: 'Its share of the callees', number: true, placeholder: '1'},
  {name: 'prefix', label: 'Only for callees whose number begins so', placeholder: '+4930'},
];

let gateways = [];
let groups = [];
let pools = [];
/** The row that each form edits; a form without one describes a new row. */
const edited = {};

function inputOf(field) {
  const input = element(field.options ? 'select' : 'input');
  input.name = field.name;
  if (field.options) {
    input.append(...field.options.map(option => new Option(option || 'default', option)));
  } else {
    input.type = field.flag ? 'checkbox' : 'text';
    input.defaultChecked = Boolean(field.otherwise);
    input.required = Boolean(field.required);
    input.placeholder = field.placeholder ?? '';
    input.autocomplete = 'off';
  }
  return input;
}

function labelOf(field) {
  const label = element('label', undefined, field.flag ? 'check' : undefined);
  label.append(...field.flag ? [inputOf(field), ` ${field.label}`] : [`${field.label} `, inputOf(field)]);
  return label;
}

function build(form, fields, text, needs) {
  const submit = element('button', text);
  submit.type = 'submit';
  submit.dataset.needs = needs;
  allow(submit);
  const leave = element('button', 'Leave it as it is');
  leave.type = 'reset';
  leave.hidden = true;
  $(form).onreset = () => {
    delete edited[form];
    leave.hidden = true;
  };
  $(form).replaceChildren(...fields.map(labelOf), submit, leave);
}

function valueOf(input, field) {
  const text = input.value.trim();
  return field.flag ? input.checked : text === '' ? null : field.number && !Number.isNaN(Number(text)) ? Number(text) : text;
}

const valuesOf = (form, fields) =>
  Object.fromEntries(fields.map(field => [field.name, valueOf($(form).elements[field.name], field)]));

/** The value of a field as the form has it: in one line. */
function shownOf(row, field) {
  const value = row[field.name] ?? (field.flag ? Boolean(field.otherwise) : null);
  return typeof value === 'string' ? value.trim().replace(/\s+/g, ' ') || null : value;
}

/** Edits a row in a form. */
function edit(form, fields, row) {
  edited[form] = row;
  for (const field of fields) {
    const input = $(form).elements[field.name];
    if (field.flag) {
      input.checked = shownOf(row, field);
    } else {
      input.value = shownOf(row, field) ?? '';
    }
  }
  $(form).querySelector('[type=reset]').hidden = false;
  $(form).elements[fields[0].name].focus();
}

/** What of the edited row the form has changed, so that nothing is changed back that somebody else has changed meanwhile. */
const changesOf = (row, fields, values) => Object.fromEntries(
    fields.filter(field => values[field.name] !== shownOf(row, field)).map(field => [field.name, values[field.name]]));

function buttonOf(text, about, needs, work) {
  const button = element('button', text);
  button.type = 'button';
  button.setAttribute('aria-label', `${text} ${about}`);
  button.dataset.needs = needs;
  button.onclick = work;
  allow(button);
  return button;
}

function rowOf(texts, ...buttons) {
  const row = element('tr');
  const cell = element('td');
  cell.append(...buttons.filter(Boolean));
  row.append(...texts.map(text => element('td', text)), cell);
  return row;
}

function stateOf(gateway) {
  if (gateway.enabled === false) {
    return 'disabled';
  }
  const rests = gateway.rests.map(rest => `${rest.switch}, which ${rest.why}, until ${clock.format(new Date(rest.until))}`);
  return rests.length ? `rests on ${rests.join('; ')}` : 'enabled';
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

/** Shows all of it. */
export let showGateways;

/**
 * @param failed is told what went wrong
 * @param sure   asks before something that cannot be taken back
 * @param tell   is told what has been done
 */
export function listenGateways(failed, sure, tell) {
  const done = (work, text) => () => {
    // So that the table is shown anew.
    document.activeElement?.blur();
    work().then(() => text && tell(text)).then(showGateways).catch(failed);
  };
  const remove = (path, about) => async () => {
    if (await sure(`Remove ${about}?`, 'It is deleted from its table.', 'Remove')) {
      done(() => json(path, {method: 'DELETE'}), `${about} is removed`)();
    }
  };
  const changeCallerIds = async (pool, change) => {
    const path = `caller-id-pools/${pool.i_caller_id_pool}`;
    const response = await ask(path);
    if (!response.ok) {
      throw await problem(response);
    }
    const {caller_ids: callerIds} = await response.json();
    return send('PATCH', path, {caller_ids: change(callerIds)}, {'If-Match': response.headers.get('ETag')});
  };
  const turn = (pool, callerId) => done(() => changeCallerIds(pool, callerIds => callerIds.map(one =>
    one.number === callerId.number && one.prefix === callerId.prefix ? {...one, enabled: callerId.enabled === false} : one)),
  `${callerId.number} is ${callerId.enabled === false ? 'enabled' : 'disabled'}`);
  const leaveOut = (pool, callerId) => done(() => changeCallerIds(pool, callerIds => callerIds.filter(one =>
    one.number !== callerId.number || one.prefix !== callerId.prefix)), `${callerId.number} is removed`);

  const gatewayRow = gateway => {
    const path = `gateways/${gateway.i_gateway}`;
    const off = gateway.enabled === false;
    return rowOf(
        [gateway.name, stateOf(gateway), count(gateway.calls_up), count(gateway.calls_per_minute), gateway.prefixes ?? 'all'],
        buttonOf('Edit', gateway.name, ADMIN, () => edit('way', GATEWAY, gateway)),
        buttonOf(off ? 'Enable' : 'Disable', gateway.name, ADMIN,
            done(() => send('PATCH', path, {enabled: off}), `${gateway.name} is ${off ? 'enabled' : 'disabled'}`)),
        gateway.rests.length > 0 && buttonOf('End the rest of', gateway.name, OPERATOR,
            done(() => send('POST', `${path}/reset`), `${gateway.name} does not rest any more`)),
        buttonOf('Remove', gateway.name, ADMIN, remove(path, gateway.name)));
  };
  const callerIdRow = (pool, callerId) => callerId
    ? rowOf(
        [pool.name, callerId.number, callerId.enabled === false ? 'disabled' : 'enabled', callerId.prefix ?? 'all'],
        buttonOf(callerId.enabled === false ? 'Enable' : 'Disable', callerId.number, OPERATOR, turn(pool, callerId)),
        buttonOf('Remove', callerId.number, OPERATOR, leaveOut(pool, callerId)))
    : rowOf([pool.name, '', 'empty', ''],
        buttonOf('Remove', `pool ${pool.name}`, OPERATOR, remove(`caller-id-pools/${pool.i_caller_id_pool}`, `pool ${pool.name}`)));

  showGateways = async () => {
    if (!$('way').elements.length) {
      build('way', GATEWAY, 'Save the gateway', ADMIN);
      build('group', GROUP, 'Save the group', ADMIN);
      build('caller-id', CALLER_ID, 'Add the caller ID', OPERATOR);
    }
    await load();
    put('ways', 'no-ways', gateways.map(gatewayRow));
    put('groups', 'no-groups', groups.map(group => rowOf([group.name, group.gateways ?? ''],
        buttonOf('Edit', group.name, ADMIN, () => edit('group', GROUP, group)),
        buttonOf('Remove', group.name, ADMIN, remove(`gateway-groups/${group.i_gateway_group}`, group.name)))));
    const rows = pools.flatMap(pool => (pool.caller_ids.length ? pool.caller_ids : [null]).map(one => [pool, one]));
    put('caller-ids', 'no-caller-ids', rows.slice(0, MOST_CALLER_IDS).map(row => callerIdRow(...row)));
    $('more-caller-ids').hidden = rows.length <= MOST_CALLER_IDS;
  };

  const save = (form, fields, store) => {
    $(form).onsubmit = event => {
      event.preventDefault();
      const values = valuesOf(form, fields);
      done(() => store(values).then(() => $(form).reset()), `${values.number ?? values.name} is saved`)();
    };
  };
  const keep = (form, fields, path, key) => save(form, fields, values => edited[form]
    ? send('PATCH', `${path}/${edited[form][key]}`, changesOf(edited[form], fields, values))
    : send('POST', path, values));
  keep('way', GATEWAY, 'gateways', 'i_gateway');
  keep('group', GROUP, 'gateway-groups', 'i_gateway_group');
  save('caller-id', CALLER_ID, ({pool: name, ...added}) => {
    const pool = pools.find(one => one.name === name);
    return pool ? changeCallerIds(pool, callerIds => [...callerIds, added])
      : send('POST', 'caller-id-pools', {name, caller_ids: [added]});
  });
  setInterval(() => { if (shown()) { showGateways().catch(() => {}); } }, EVERY_MS);
}
