// What would become of a campaign's numbers if it dialled now: counts on request, each group as a file, and one number.

import {json, save} from './api.js';
import {$, element} from './dom.js';
import {count, t} from './texts.js';
import {failed, onSubmit} from './told.js';

let path = null;

/** A text, and from when it holds, if that is known. */
const since = (text, instant) => (instant ? t('preview.from', {text, at: new Date(instant)}) : text);

const groupName = group => t(`preview.${group}`);

function groupOf(group) {
  const item = element('li');
  const button = element('button', t('csv'));
  button.type = 'button';
  button.setAttribute('aria-label', t('preview.csv', {group: groupName(group.group)}));
  button.onclick = () => save(`${path}/preview?format=csv&group=${group.group}`, `preview-${group.group}.csv`).catch(failed);
  const reasons = group.reasons.slice(0, 5).map(one => since(`${count(one.numbers)} ${one.reason}`, one.first));
  item.append(element('strong', count(group.numbers)), element('span', since(groupName(group.group), group.first)), button,
    element('span', reasons.join('; '), 'about'));
  return item;
}

const zonesOf = one => element('p', t('preview.zones',
  {n: one.numbers, code: one.calling_code, zones: one.zones, minutes: one.minutes_a_day}));

function show(preview) {
  const list = element('ul', undefined, 'attempts');
  list.append(...preview.groups.map(groupOf));
  const parts = [list, ...preview.several_zones.slice(0, 5).map(zonesOf)];
  if (!preview.complete) {
    parts.push(element('p', t('preview.incomplete', {some: preview.judged, all: preview.numbers})));
  }
  parts.push(element('p', t('preview.as_of', {at: new Date(preview.as_of)}), 'muted'));
  $('preview').replaceChildren(...parts);
}

function tellOf(found) {
  const told = found.map(one => {
    const what = t('preview.one', {number: one.cld ?? '', group: since(groupName(one.group), one.from)});
    return one.detail || one.reason ? `${what} – ${one.detail ?? one.reason}` : what;
  });
  $('preview').replaceChildren(...(told.length ? told : [t('preview.none')]).map(text => element('p', text)));
}

/** Takes away what was shown of another campaign. */
export function forget(campaignPath) {
  if (path !== campaignPath) {
    path = campaignPath;
    $('preview').replaceChildren();
  }
}

export function listenToPreview() {
  onSubmit($('preview-form'), async () => {
    const number = $('preview-number').value.trim();
    $('preview').replaceChildren(element('p', t('preview.running')));
    try {
      if (number) {
        tellOf((await json(`${path}/preview?${new URLSearchParams({number})}`)).found);
      } else {
        show(await json(`${path}/preview`));
      }
    } catch (error) {
      $('preview').replaceChildren();
      throw error;
    }
  });
}
