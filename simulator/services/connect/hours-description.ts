import { LAST_MODIFIED_MS } from './instance-defaults.ts';
import { arnIn, type HoursOfOperation, instanceParts, type World } from './world.ts';

/** Hours of operation as the API describes them. */
export function describedHours({ id, name, timeZone, week }: HoursOfOperation, world: World) {
  return {
    HoursOfOperationId: id,
    HoursOfOperationArn: arnIn(world, 'operating-hours', id),
    Name: name,
    TimeZone: timeZone,
    Config: week.map(configOf),
    Tags: {},
    LastModifiedTime: LAST_MODIFIED_MS / 1000,
    LastModifiedRegion: instanceParts(world).region,
  };
}

function configOf({ day, from, to }: HoursOfOperation['week'][number]) {
  return { Day: day, StartTime: timeSlice(from), EndTime: timeSlice(to) };
}

function timeSlice(time: string) {
  const [Hours, Minutes] = time.split(':').map(Number);
  return { Hours, Minutes };
}
