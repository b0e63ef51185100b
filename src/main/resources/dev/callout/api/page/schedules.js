// Schedules, drawn as weeks, with the form that changes one; holidays have a module of their own.

import {all, json, read, send} from './api.js';
import {button} from './caller.js';
import {$, choice, element, labelled, make} from './dom.js';
import {loadCalendars, showCalendars} from './holidays.js';
import {t, weekday} from './texts.js';
import {failed, onSubmit, showForm, sure, tell} from './told.js';
import {secondsOf, timeOf, weekOf} from './week.js';

const DAY = 86_400;
const NEW = {name: '', records: [{start_wday: 1, stop_wday: 5, start_time: '09:00:00', stop_time: '17:59:59'}]};

let calendars = [];

const calendarName = key => calendars.find(one => one.i_holiday_calendar === key)?.name ?? '';

function cardOf(schedule) {
  const about = schedule.i_holiday_calendar
    ? t('schedule.closed_on', {calendar: calendarName(schedule.i_holiday_calendar)}) : schedule.description;
  return make('section', {className: 'panel', id: `schedule-${schedule.i_schedule}`, ariaLabel: schedule.name ?? ''},
    make('div', {className: 'head'}, element('h2', schedule.name ?? t('schedule.nameless', {key: String(schedule.i_schedule)})),
      make('div', {className: 'actions'}, button(t('edit'), schedule.name, 'operator', () => edit(schedule).catch(failed)),
        button(t('remove'), schedule.name, 'operator', () => remove(schedule).catch(failed)))),
    about && element('p', about, 'muted'),
    schedule.records.length ? weekOf(schedule.records) : element('p', t('schedule.never'), 'warnings'));
}

/** People say until when; the column has the last second. */
const untilOf = record => timeOf((Math.min(secondsOf(record.stop_time) ?? DAY - 1, DAY - 1) + 1) % DAY);

function stopOf(until) {
  const seconds = secondsOf(until);
  return seconds === null ? null : timeOf((seconds + DAY - 1) % DAY);
}

function timeField(name, value) {
  return make('input', {type: 'time', step: 1, name, value, required: true});
}

function recordRow(record) {
  const days = [1, 2, 3, 4, 5, 6, 7].map(number => [number, weekday(number)]);
  const row = make('div', {className: 'record'},
    labelled(t('schedule.from_day'), choice({name: 'start_wday'}, days)),
    labelled(t('schedule.to_day'), choice({name: 'stop_wday'}, days)),
    labelled(t('schedule.from_time'), timeField('start_time', record.start_time)),
    labelled(t('schedule.to_time'), timeField('until', untilOf(record))));
  row.querySelector('[name=start_wday]').value = record.start_wday ?? 1;
  row.querySelector('[name=stop_wday]').value = record.stop_wday ?? 7;
  row.append(make('button', {type: 'button', textContent: t('schedule.remove_record'), onclick: () => {
    row.remove();
    preview();
  }}));
  return row;
}

const recordsInForm = () => [...$('schedule-records').children].map(row => {
  const value = name => row.querySelector(`[name=${name}]`).value;
  return {start_wday: Number(value('start_wday')), stop_wday: Number(value('stop_wday')),
    start_time: timeOf(secondsOf(value('start_time')) ?? 0), stop_time: stopOf(value('until'))};
});

function preview() {
  $('schedule-preview').replaceChildren(weekOf(recordsInForm()));
}

/** @param schedule the one that is changed; without i_schedule, a new one */
async function edit(schedule) {
  const path = schedule.i_schedule ? `schedules/${schedule.i_schedule}` : null;
  const [values, etag] = path ? await read(path) : [schedule];
  $('schedule-title').textContent = path ? t('schedule.change', {name: values.name ?? ''}) : t('schedule.new');
  $('schedule-problem').hidden = true;
  const name = make('input', {name: 'name', maxLength: 128, required: true, value: values.name ?? '', autocomplete: 'off'});
  const calendar = choice({name: 'i_holiday_calendar'},
    [['', t('schedule.no_calendar')], ...calendars.map(one => [one.i_holiday_calendar, one.name])]);
  calendar.value = values.i_holiday_calendar ?? '';
  $('schedule-fields').replaceChildren(labelled(t('schedule.name'), name), labelled(t('schedule.calendar'), calendar));
  $('schedule-records').replaceChildren(...values.records.map(recordRow));
  $('schedule-form').oninput = preview;
  preview();
  onSubmit($('schedule-form'), async () => {
    const given = {name: name.value.trim(), i_holiday_calendar: Number(calendar.value) || null, records: recordsInForm()};
    try {
      await (path ? send('PATCH', path, given, {'If-Match': etag}) : send('POST', 'schedules', given));
    } catch (error) {
      $('schedule-problem').textContent = error.message;
      $('schedule-problem').hidden = false;
      return;
    }
    $('schedule-dialog').close();
    tell(t('done.saved', {what: given.name}));
    await showSchedules();
  });
  showForm($('schedule-dialog'));
}

async function remove(schedule) {
  if (await sure(t('remove.title', {what: schedule.name ?? ''}), t('remove.about'), t('remove'))) {
    await json(`schedules/${schedule.i_schedule}`, {method: 'DELETE'});
    tell(t('done.removed', {what: schedule.name ?? ''}));
    await showSchedules();
  }
}

/** @param key the i_schedule to which the page goes; absent: none */
export async function showSchedules(key) {
  const [schedules, found] = await Promise.all([all('schedules', 'schedules'), loadCalendars()]);
  calendars = found;
  $('schedule-new').onclick = () => edit(NEW).catch(failed);
  $('schedule-add-record').onclick = () => {
    $('schedule-records').append(recordRow(NEW.records[0]));
    preview();
  };
  $('schedule-list').replaceChildren(...schedules.map(cardOf));
  $('no-schedules').hidden = schedules.length > 0;
  showCalendars(calendars, () => showSchedules());
  $(`schedule-${key}`)?.scrollIntoView();
}
