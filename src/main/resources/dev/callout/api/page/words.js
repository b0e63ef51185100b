// A campaign in words.

import {count, date, has, t} from './texts.js';

const MOST_CALLS = 20;

/** A name may be missing, or be several campaigns': the key is what the page goes by. */
export const nameOf = campaign => campaign.name || t('campaign.nameless', {key: String(campaign.i_campaign)});

export const pathOf = campaign => `campaigns/${campaign.i_campaign}`;

/** Reasons that the page tells in words of its own. */
const WORDS = {cap: 'why.cap', rate: 'why.rate'};

/** What why_idle says of a campaign that is paused, and nothing else is to be said of it. */
const PLAIN = ['paused', 'its run has ended', undefined, null];

/** Reasons that hold until the dialler has looked at a campaign that is no longer paused. */
const NOT_YET = ['paused', 'run_ended'];

/** The states in the order in which people look at them. */
export const STATES = ['dialling', 'idle', 'starting', 'paused', 'stopped', 'done'];

/** Statuses of a number, in the order in which it comes by them. */
export const STATUSES = ['idle', 'trying', 'answer', 'success', 'premature hangup', 'failure'];

export function stateOf(campaign) {
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

export const inLocalTime = text => text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, instant => date(instant));

export function whyOf(campaign) {
  const up = campaign.calls_up;
  if (campaign.paused) {
    const still = up > 0 ? t('why.still_up', {n: up}) : '';
    const told = PLAIN.includes(campaign.why_idle) ? '' : inLocalTime(campaign.why_idle ?? '');
    return [still, told].filter(Boolean).join(', ');
  }
  if (campaign.numbers === 0 && !campaign.destination_list) {
    return t('why.no_numbers');
  }
  if (stateOf(campaign) === 'done') {
    return t('why.done');
  }
  if (stateOf(campaign) === 'starting') {
    return campaign.state ? '' : campaign.why_idle;
  }
  return WORDS[campaign.idle_reason] ? t(WORDS[campaign.idle_reason]) : inLocalTime(campaign.why_idle ?? '');
}

export function progressOf(campaign) {
  if (campaign.destination_list) {
    return t('campaign.table', {table: campaign.destination_list});
  }
  return campaign.numbers === undefined ? '–' : t('of', {some: campaign.finished, all: campaign.numbers});
}

/** How many of the calls talk and how many ring, as far as the asked node knows. */
export function talkOf(campaign) {
  const others = (campaign.in_progress ?? 0) - (campaign.calls_up ?? 0);
  return [t('calls.talking', {n: campaign.talking ?? 0}), t('calls.ringing', {n: campaign.ringing ?? 0}),
    others > 0 && t('calls.elsewhere', {n: others})].filter(Boolean).join(', ');
}

export const capOf = campaign =>
  t('of', {some: campaign.in_progress ?? 0, all: campaign.max_concurrent_calls ?? MOST_CALLS});

/** A status of a number or an attempt. */
export const statusOf = status => (has(`status.${status}`) ? t(`status.${status}`) : status);

/** Seconds as people say them. */
export function span(seconds) {
  const minutes = Math.round(seconds / 60);
  if (seconds < 90) {
    return t('span.seconds', {n: Math.round(seconds)});
  }
  return minutes < 90 ? t('span.minutes', {n: minutes})
    : t('span.hours', {hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, '0')});
}

/** How many there are of something, as a cell of a table. */
export const countOf = value => (value === null || value === undefined ? '' : count(value));
