// Holiday calendars and their days.

import {all, json, send} from './api.js';
import {button} from './caller.js';
import {$, element, labelled, make} from './dom.js';
import {day, t} from './texts.js';
import {failed, onSubmit, sure, tell} from './told.js';

export const loadCalendars = () => all('holiday-calendars', 'holiday_calendars');

const pathOf = calendar => `holiday-calendars/${calendar.i_holiday_calendar}`;

function dayRow(calendar, one, renew) {
  const remove = async () => {
    await json(`${pathOf(calendar)}/holidays/${one.date}`, {method: 'DELETE'});
    tell(t('done.removed', {what: day(one.date)}));
    await renew();
  };
  return make('li', {}, element('span', day(one.date)), element('span', one.text ?? ''),
    button(t('remove'), day(one.date), 'operator', () => remove().catch(failed)));
}

function addForm(calendar, renew) {
  const date = make('input', {type: 'date', required: true, name: 'date'});
  const text = make('input', {maxLength: 255, name: 'text', autocomplete: 'off'});
  const add = make('button', {type: 'submit', textContent: t('holidays.add')});
  add.dataset.needs = 'operator';
  const form = make('form', {className: 'tools'}, labelled(t('holidays.day'), date, 'inline'),
    labelled(t('holidays.text'), text, 'inline'), add);
  onSubmit(form, async () => {
    await send('POST', `${pathOf(calendar)}/holidays`, {date: date.value, text: text.value.trim() || null});
    tell(t('done.saved', {what: day(date.value)}));
    await renew();
  });
  return form;
}

function cardOf(calendar, renew) {
  const remove = async () => {
    if (await sure(t('remove.title', {what: calendar.name}), t('remove.about'), t('remove'))) {
      await json(pathOf(calendar), {method: 'DELETE'});
      tell(t('done.removed', {what: calendar.name}));
      await renew();
    }
  };
  return make('section', {className: 'panel', ariaLabel: calendar.name},
    make('div', {className: 'head'}, element('h2', calendar.name),
      make('div', {className: 'actions'}, button(t('remove'), calendar.name, 'operator', () => remove().catch(failed)))),
    make('ul', {className: 'days'}, ...calendar.holidays.map(one => dayRow(calendar, one, renew))),
    calendar.holidays.length === 0 && element('p', t('holidays.none'), 'muted'),
    addForm(calendar, renew));
}

/** @param renew shows them anew */
export function showCalendars(calendars, renew) {
  $('calendar-list').replaceChildren(...calendars.map(calendar => cardOf(calendar, renew)));
  onSubmit($('calendar-new'), async () => {
    const name = $('calendar-name').value.trim();
    await send('POST', 'holiday-calendars', {name, holidays: []});
    $('calendar-new').reset();
    tell(t('done.saved', {what: name}));
    await renew();
  });
}
