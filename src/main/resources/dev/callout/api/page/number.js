// The form that changes one number of a campaign.

import {Problem, read, send} from './api.js';
import {$, labelled, make} from './dom.js';
import {t} from './texts.js';
import {onSubmit, showForm, tell} from './told.js';

/** A number of a table of your own may lack some: those that it has are in it. */
const FIELDS = ['callerid', 'priority', 'timezone', 'consent'];
const fieldsOf = number => FIELDS.filter(name => name in number);

/** An object's own names may be anything, so a variable's input has a name that no field has. */
const VARIABLE = 'vars.';

function inputOf(name, value) {
  return make('input', {name, value: value ?? '', autocomplete: 'off', inputMode: name === 'priority' ? 'numeric' : ''});
}

function build(number) {
  const variables = number.vars && typeof number.vars === 'object' ? number.vars : {};
  $('number-fields').replaceChildren(...fieldsOf(number).map(name => labelled(t(`number.${name}`), inputOf(name, number[name]))),
    ...Object.entries(variables).map(([name, value]) => labelled(t('number.variable', {name}), inputOf(VARIABLE + name, value))),
    labelled(t('number.new_variable'), make('input', {name: 'new-name', autocomplete: 'off'})),
    labelled(t('number.new_value'), make('input', {name: 'new-value', autocomplete: 'off'})));
}

/** What has changed. A blank field is null, and so is a blank variable, which is removed by that. */
function changesOf(number) {
  const {elements} = $('number-form');
  const textOf = name => elements[name].value.trim() || null;
  const changes = {};
  for (const name of fieldsOf(number)) {
    const text = textOf(name);
    const value = name === 'priority' ? Number(text ?? 0) : text;
    if (Number.isNaN(value)) {
      throw new Problem(t('number.priority.wrong'));
    }
    if (value !== (number[name] ?? null)) {
      changes[name] = value;
    }
  }
  const changed = [...elements].filter(input => input.name.startsWith(VARIABLE) && input.value !== input.defaultValue)
      .map(input => [input.name.slice(VARIABLE.length), input.value || null]);
  if (textOf('new-name')) {
    changed.push([textOf('new-name'), elements['new-value'].value]);
  }
  return changed.length ? {...changes, vars: Object.fromEntries(changed)} : changes;
}

/**
 * Shows the form of a number.
 *
 * @param path  of the number
 * @param title the number as people read it
 * @param done  is called after a change
 */
export async function editNumber(path, title, done) {
  const [number, etag] = await read(path);
  $('number-title').textContent = t('number.title', {number: title});
  $('number-problem').hidden = true;
  build(number);
  [...$('number-form').elements].forEach(input => { input.defaultValue = input.value; });
  onSubmit($('number-form'), async () => {
    try {
      await send('PATCH', path, changesOf(number), {'If-Match': etag});
    } catch (error) {
      $('number-problem').textContent = error.message;
      $('number-problem').hidden = false;
      return;
    }
    $('number-dialog').close();
    tell(t('done.changed', {name: title}));
    await done();
  });
  showForm($('number-dialog'));
}
