// The form that creates a campaign or changes its settings: steps of fields, and at last what is missing.

import {all, read, send} from './api.js';
import {$, element, make} from './dom.js';
import {FIELDS, STEPS, missingIn} from './fields.js';
import {look} from './live.js';
import {t} from './texts.js';
import {failed, sure, tell} from './told.js';
import {nameOf, pathOf} from './words.js';

const CHECK = 'check';
const NAMES = [...Object.keys(STEPS), CHECK];

const form = $('edit-form');
/** Path, tag and values of the campaign whose settings are shown; null: a new one. */
let editing = null;
let step = NAMES[0];
/** The values when the form was shown, to find out whether something would be lost. */
let filled = '';

const inputs = () => FIELDS.map(field => form.elements[field.name]);
const fieldOf = input => FIELDS.find(field => field.name === input.name);
const stepOf = name => NAMES.find(one => STEPS[one]?.some(field => field.name === name));
const written = () => JSON.stringify(inputs().map(input => input.value));

function inputOf(field) {
  if (field.choices || field.from) {
    return make('select', {name: field.name}, new Option(t(`field.${field.name}.none`), ''),
      ...(field.choices ?? []).map(word => new Option(t(`field.${field.name}.${word}`), word)));
  }
  const input = make('input', {name: field.name, required: Boolean(field.required), inputMode: field.number ?? '',
    placeholder: field.example ? t(`field.${field.name}.example`) : ''});
  if (field.most) {
    input.maxLength = field.most;
  }
  if (field.list) {
    input.setAttribute('list', field.list);
  }
  return input;
}

function partOf(field) {
  const label = make('label', {}, `${t(`field.${field.name}`)} `, inputOf(field));
  return make('div', {}, label,
    field.hint && make('span', {className: 'hint', id: `${field.name}-hint`, textContent: t(`field.${field.name}.hint`)}));
}

function build() {
  $('edit-steps').replaceChildren(...NAMES.map(name => {
    const button = make('button', {type: 'button', textContent: t(`step.${name}`), onclick: () => go(name)});
    button.dataset.to = name;
    return make('li', {}, button);
  }));
  $('edit-parts').replaceChildren(...Object.entries(STEPS).map(([name, fields]) => {
    const set = make('fieldset', {className: 'fields'}, make('legend', {className: 'unseen', textContent: t(`step.${name}`)}),
      ...fields.map(partOf));
    set.dataset.step = name;
    return set;
  }));
}

/** Shows a step, and puts the focus on its first field, or on the one that is named. */
function go(name, field) {
  step = name;
  document.querySelectorAll('#edit-parts [data-step], #edit-check').forEach(part => { part.hidden = part.dataset.step !== name; });
  for (const button of $('edit-steps').querySelectorAll('button')) {
    button.dataset.to === name ? button.setAttribute('aria-current', 'step') : button.removeAttribute('aria-current');
  }
  $('edit-parts').hidden = name === CHECK;
  $('edit-back').hidden = name === NAMES[0];
  $('edit-next').hidden = name === CHECK;
  if (name === CHECK) {
    check();
  } else {
    (field ? form.elements[field] : $('edit-parts').querySelector(`[data-step=${name}] input, [data-step=${name}] select`)).focus();
  }
}

const move = by => go(NAMES[NAMES.indexOf(step) + by]);

/** Lists all that is missing, each with a link to its field. */
function check() {
  const values = Object.fromEntries(inputs().map(input => [input.name, valueOf(input)]));
  const found = missingIn({...editing?.values, ...values});
  if (!values.cli && !values.caller_id_pool) {
    found.push(['cli', 'field.cli.hint']);
  }
  $('edit-missing').replaceChildren(...found.map(([name, key]) =>
    make('li', {}, make('button', {type: 'button', className: 'link', textContent: t(key), onclick: () => go(stepOf(name), name)}))));
  $('edit-none-missing').hidden = found.length > 0;
  $('edit-some-missing').hidden = found.length === 0;
}

/** Some columns hold a smaller unit than people think in. */
const scaleOf = input => fieldOf(input).scale ?? 1;

const shownIn = (input, value) => (value === null || value === undefined ? '' : fieldOf(input).scale
  ? String(value / scaleOf(input)) : String(value));

/** A blank field is null: it has its default. */
function valueOf(input) {
  const text = input.value.trim();
  if (text === '') {
    return null;
  }
  const number = Number(text.replace(',', '.'));
  return (fieldOf(input).from || fieldOf(input).number) && !Number.isNaN(number)
    ? Number((number * scaleOf(input)).toFixed(6)) : text;
}

const labelOf = input => t(`field.${input.name}`);

/** What is wrong in the words of the form: its labels instead of columns, and its units. */
function inWords(detail, own) {
  const text = fieldOf(own).scale
    ? detail.replace(/whole number/, 'number').replace(/\d+/g, number => Number(number) / scaleOf(own)) : detail;
  return inputs().reduce((told, input) => told.replace(new RegExp(`\\b${input.name}\\b`, 'g'),
    () => (/_/.test(input.name) ? t('quoted', {text: labelOf(input)}) : input.name)), text);
}

function clean() {
  for (const input of inputs()) {
    input.removeAttribute('aria-invalid');
    input.removeAttribute('aria-describedby');
    input.closest('div').querySelector('.problem')?.remove();
  }
  $('edit-problem').hidden = true;
  $('edit-steps').querySelectorAll('button').forEach(button => { button.textContent = t(`step.${button.dataset.to}`); });
}

/** Says all that is wrong: at the fields that the problem names, and at the steps that have them. */
function complain(error) {
  clean();
  const named = error.fields.filter(one => form.elements[one.field]);
  for (const one of named) {
    const input = form.elements[one.field];
    const note = element('span', inWords(one.detail, input), 'problem');
    note.id = `problem-${one.field}`;
    input.closest('div').append(note);
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', note.id);
  }
  for (const button of $('edit-steps').querySelectorAll('button')) {
    const wrong = named.filter(one => stepOf(one.field) === button.dataset.to).length;
    button.textContent = wrong ? t('step.wrong', {step: t(`step.${button.dataset.to}`), n: wrong}) : button.textContent;
  }
  const unnamed = error.fields.filter(one => !form.elements[one.field]).map(one => `${one.field}: ${one.detail}`);
  $('edit-problem').hidden = named.length > 0 && unnamed.length === 0;
  $('edit-problem').textContent = named.length ? unnamed.join('; ') : error.message;
  const first = FIELDS.find(field => named.some(one => one.field === field.name));
  if (first) {
    go(stepOf(first.name), first.name);
  }
}

async function fill(campaign) {
  const choices = FIELDS.filter(field => field.from);
  const paths = [...new Set(choices.map(field => field.from[0]))];
  const [lists, own] = await Promise.all([Promise.all(paths.map(path => all(path, path))),
    campaign && read(pathOf(campaign))]);
  const [values, etag] = own ?? [{}];
  editing = campaign && {path: pathOf(campaign), etag, values};
  choices.forEach(field => {
    const select = form.elements[field.name];
    select.replaceChildren(select.options[0],
      ...lists[paths.indexOf(field.from[0])].map(row => new Option(row.name || row.file || row[field.from[1]], row[field.from[1]])));
  });
  inputs().forEach(input => { input.value = shownIn(input, values[input.name]); });
}

/**
 * Shows the form.
 *
 * @param campaign whose settings are shown; null: a new one
 * @param field    the field that gets the focus; absent: the first one
 */
export async function edit(campaign, field) {
  try {
    await fill(campaign);
  } catch (error) {
    failed(error);
    return;
  }
  if (!$('zones').children.length) {
    $('zones').append(...Intl.supportedValuesOf('timeZone').map(zone => new Option(zone, zone)));
  }
  clean();
  filled = written();
  hint();
  $('edit-title').textContent = campaign ? t('form.settings', {name: nameOf(campaign)}) : t('campaigns.new');
  $('edit-save').textContent = t(campaign ? 'save' : 'create');
  $('edit').showModal();
  go(field ? stepOf(field) : NAMES[0], field);
}

/** Whoever leaves both blank should know what callees see then. */
function hint() {
  $('cli-hint').hidden = Boolean(form.elements.cli.value.trim() || form.elements.caller_id_pool.value.trim());
}

async function leave() {
  if (written() === filled || await sure(t('form.drop.title'), t('form.drop.about'), t('form.drop.yes'))) {
    $('edit').close();
  }
}

async function save() {
  const given = {};
  for (const input of inputs()) {
    const value = valueOf(input);
    if (editing ? value !== (editing.values[input.name] ?? null) : value !== null) {
      given[input.name] = value;
    }
  }
  const saved = editing ? await send('PATCH', editing.path, given, {'If-Match': editing.etag})
    : await send('POST', 'campaigns', given);
  $('edit').close();
  tell(t(editing ? 'done.changed' : 'done.created', {name: nameOf(saved)}));
  location.hash = `#campaign-${saved.i_campaign}`;
  look();
}

export function listenForm() {
  build();
  form.onsubmit = event => {
    event.preventDefault();
    save().catch(complain);
  };
  form.oninput = hint;
  $('edit-back').onclick = () => move(-1);
  $('edit-next').onclick = () => move(1);
  $('edit').addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      event.preventDefault();
      leave();
    }
  });
  $('edit').oncancel = event => event.preventDefault();
  $('leave').onclick = leave;
  $('create').onclick = () => edit(null);
}
