// Passkeys: a device answers for whoever sits here.

// ---- passkeys: a device answers for whoever sits here, and the form goes with its answer
if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) document.documentElement.classList.add('without-passkeys');
const passkeyAnswer = async ({ options }) => {
  const begun = options ?? (await (await fetch('/sign-in/passkey', { method: 'POST' })).text());
  const { ceremony, options: publicKey } = JSON.parse(begun);
  const made = options
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
  return JSON.stringify({ ceremony, credential: made.toJSON() });
};
document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('button[data-passkey]');
  if (!button) return;
  const { form } = button;
  const answer = form.elements.namedItem('passkey');
  button.disabled = true;
  try {
    answer.value = await passkeyAnswer(button.dataset);
    form.noValidate = true;
    form.requestSubmit();
  } catch {
    const says = form.querySelector('[data-passkey-says]') ?? document.createElement('p');
    says.className = 'notice late';
    says.dataset.passkeySays = '';
    says.setAttribute('role', 'alert');
    says.textContent = words(button, 'failed');
    form.prepend(says);
  }
  answer.value = ''; // an answer serves once
  form.noValidate = false;
  button.disabled = false;
});
