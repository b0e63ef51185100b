// What a user is told, and asked.

import {$, element} from './dom.js';
import {t} from './texts.js';

/** Tells what went wrong, until the user closes it. */
export function failed(error) {
  const close = element('button', t('close'));
  close.type = 'button';
  close.onclick = () => { $('alert').hidden = true; };
  $('alert').replaceChildren(element('span', error.message), close);
  $('alert').hidden = false;
}

/** Tells what has been done. */
export function tell(text) {
  $('alert').hidden = true;
  $('done').textContent = text;
}

/**
 * Asks before something that cannot be taken back; resolves to whether it is to be done. `more` is a further thing to choose,
 * which then is in `$('ask-more').checked`.
 */
export function sure(title, text, yes, more) {
  $('ask-option').hidden = !more;
  $('ask-option-text').textContent = more ?? '';
  $('ask-more').checked = false;
  $('ask-title').textContent = title;
  $('ask-text').textContent = text;
  $('ask-yes').textContent = yes;
  return new Promise(resolve => {
    $('ask').returnValue = '';
    $('ask').onclose = () => resolve($('ask').returnValue === 'yes');
    $('ask-yes').onclick = () => $('ask').close('yes');
    $('ask').showModal();
  });
}

/** Shows a dialog with a form. If something was entered, Escape asks before it is lost. */
export function showForm(dialog) {
  const written = () => [...dialog.querySelector('form').elements].map(input => input.value).join('\n');
  const filled = written();
  dialog.onkeydown = async event => {
    if (event.key !== 'Escape') {
      return;
    }
    event.preventDefault();
    if (written() === filled || await sure(t('form.drop.title'), t('form.drop.about'), t('form.drop.yes'))) {
      dialog.close();
    }
  };
  // What a second Escape would close without asking.
  dialog.oncancel = event => event.preventDefault();
  dialog.showModal();
}

/** Does what a button or a form asks for, once at a time; what goes wrong is told. */
export async function busy(button, work) {
  if (button.ariaBusy === 'true') {
    return;
  }
  button.ariaBusy = 'true';
  try {
    await work();
  } catch (error) {
    failed(error);
  }
  button.ariaBusy = null;
}

/** Lets a form do its work when it is submitted. */
export function onSubmit(form, work) {
  form.onsubmit = event => {
    event.preventDefault();
    return busy(event.submitter ?? form.querySelector('[type=submit]'), () => work(event));
  };
}
