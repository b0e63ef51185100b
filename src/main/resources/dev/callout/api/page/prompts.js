// Prompts: uploading a file, listening to it, what plays it, and removing it.

import {Problem, all, ask, json, problem, send} from './api.js';
import {button} from './caller.js';
import {$, make, rowOf} from './dom.js';
import {date, t} from './texts.js';
import {failed, onSubmit, sure, tell} from './told.js';

/** What is heard, and the address of its sound, which must be given back. */
let sound = null;

const lengthOf = file => t('span.seconds', {n: Number((file.duration_ms / 1000).toFixed(1))});

async function play(file) {
  const response = await ask(`prompt-files/${file.i_prompt_file}/sound`);
  if (!response.ok) {
    throw await problem(response);
  }
  const before = sound;
  sound = URL.createObjectURL(await response.blob());
  $('prompt-player').src = sound;
  $('prompt-player').hidden = false;
  $('prompt-player').setAttribute('aria-label', t('prompts.listen_to', {name: file.name}));
  $('prompt-player').play().catch(() => {});
  if (before) {
    URL.revokeObjectURL(before);
  }
}

async function remove(file) {
  if (await sure(t('remove.title', {what: file.name}), t('prompts.remove.about'), t('remove'))) {
    await json(`prompt-files/${file.i_prompt_file}`, {method: 'DELETE'});
    tell(t('done.removed', {what: file.name}));
    await showPrompts();
  }
}

function fileRow(file) {
  const listen = button(t('prompts.listen'), null, 'viewer', () => play(file).catch(failed));
  listen.setAttribute('aria-label', t('prompts.listen_to', {name: file.name}));
  const away = button(t('remove'), file.name, 'operator', () => remove(file).catch(failed));
  const users = [...file.prompts, ...file.campaigns];
  if (users.length) {
    // Not by role: nobody can remove what is used.
    delete away.dataset.needs;
    away.disabled = true;
    away.title = t('prompts.used_by', {users: users.join(', ')});
  }
  return rowOf([file.name, lengthOf(file), t('prompts.hertz', {n: file.rate}), file.prompts.join(', ') || t('audit.nothing'),
    file.campaigns.join(', ') || t('audit.nothing'), date(file.uploaded_at),
    make('div', {className: 'actions'}, listen, away)]);
}

/** Makes a prompt of an uploaded file, or lets the prompt of that name play it. */
async function promptOf(file, name, replace) {
  const same = (await all('prompts', 'prompts')).filter(one => one.name === name);
  if (same.length > (replace ? 1 : 0)) {
    throw new Problem(t(replace ? 'prompts.several' : 'prompts.taken', {name}));
  }
  const fields = {name, file: file.file};
  return same.length ? send('PATCH', `prompts/${same[0].i_ivr_prompt}`, {...fields, pieces: []}) : send('POST', 'prompts', fields);
}

async function upload() {
  const file = $('prompt-file').files[0];
  const name = $('prompt-name').value.trim() || file.name.replace(/\.wav$/i, '');
  $('prompt-report').textContent = t('prompts.uploading', {name: file.name});
  try {
    const response = await ask(`prompt-files?${new URLSearchParams({name: file.name})}`,
        {method: 'POST', headers: {'Content-Type': 'audio/wav'}, body: file});
    if (!response.ok) {
      throw await problem(response);
    }
    const uploaded = await response.json();
    await promptOf(uploaded, name, $('prompt-replace').checked);
    $('prompt-upload').reset();
    const told = t('prompts.uploaded', {prompt: name, file: uploaded.name, length: lengthOf(uploaded)});
    $('prompt-report').textContent = told;
    tell(told);
  } catch (error) {
    $('prompt-report').textContent = '';
    throw error;
  } finally {
    // An upload that made no prompt is in the list, too.
    await showPrompts();
  }
}

/** Shows the uploaded files. */
export async function showPrompts() {
  const files = await all('prompt-files', 'prompt_files');
  $('prompt-files').replaceChildren(...files.map(fileRow));
  $('no-prompt-files').hidden = files.length > 0;
}

export function listenPrompts() {
  onSubmit($('prompt-upload'), upload);
}
