/**
 * The template contains something that AWS would refuse, or that the simulator does not know. The message
 * names the resource and the reason.
 */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
