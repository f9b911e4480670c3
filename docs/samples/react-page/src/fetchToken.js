/** Gets a token for the customer who is signed in to the product. The SDK asks again before the token ends. */
export async function fetchToken() {
  const response = await fetch('/api/membrane-token');
  if (response.status === 401) throw new Error('Sign in first.');
  if (!response.ok) throw new Error(`The token endpoint responded with ${response.status}.`);

  const { token } = await response.json();
  if (typeof token !== 'string') throw new Error('The token endpoint did not return the token as text: New-MembraneToken needs -AsPlainText.');
  return token;
}
