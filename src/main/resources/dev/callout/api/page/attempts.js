// The attempts that ended last.

import {$, element} from './dom.js';
import {now} from './live.js';
import {clock, t} from './texts.js';
import {nameOf, statusOf} from './words.js';

/** What is to be said of an attempt besides its number and status. */
export function aboutAttempt(attempt) {
  const failure = attempt.status === 'failure';
  return [attempt.attempt > 1 && t('attempt.nth', {nth: attempt.attempt}), failure && attempt.hangup_cause,
    failure && attempt.sip_status && t('attempt.sip', {status: String(attempt.sip_status)}),
    attempt.digits && t('attempt.pressed', {digits: attempt.digits}), attempt.menu_answer,
    attempt.answered_by === 'machine' && t('attempt.machine'),
    attempt.agent ? t('attempt.agent', {agent: attempt.agent}) : attempt.hand_over];
}

function itemOf(attempt, named, several) {
  const item = element('li');
  const status = element('span', statusOf(attempt.status), 'status');
  status.dataset.status = attempt.status;
  const campaign = now.campaigns.find(one => one.i_campaign === attempt.i_campaign);
  const about = [named && campaign && nameOf(campaign), ...aboutAttempt(attempt), several && attempt.call_switch];
  item.append(element('time', attempt.disconnect_time ? clock(attempt.disconnect_time) : ''), element('strong', attempt.number),
    status, element('span', about.filter(Boolean).join(' · '), 'about'));
  return item;
}

/** @param named whether the campaigns are named */
export function showAttempts(list, activity, named) {
  const keys = activity.latest.map(attempt => attempt.call_uuid).join();
  if (list.dataset.shown === keys) {
    return;
  }
  list.dataset.shown = keys;
  const several = $('switches').children.length > 1;
  list.replaceChildren(...activity.latest.map(attempt => itemOf(attempt, named, several)));
  if (activity.latest.length === 0) {
    list.append(element('li', t(named ? 'attempts.none' : 'attempts.none_of_campaign', {among: 5000}), 'empty'));
  }
}
