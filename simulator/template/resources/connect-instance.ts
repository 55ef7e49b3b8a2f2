import type { Cloud } from '../cloud.ts';
import { TemplateError } from '../template-error.ts';

/** Throws TemplateError for any instance other than the simulator's. */
export function requireInstance(instanceArn: string, { world }: Cloud['connect'], where: string): void {
  if (instanceArn === world.instanceArn) return;
  throw new TemplateError(`${where}: ResourceNotFoundException: there is no instance ${instanceArn}`);
}
