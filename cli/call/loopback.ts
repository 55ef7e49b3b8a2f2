/** Whether an address is on this machine. */
export function isLoopback(endpoint: string): boolean {
  const { hostname = '' } = URL.parse(endpoint) ?? {};
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
}
