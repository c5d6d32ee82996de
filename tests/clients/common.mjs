// What every client is to do: a query, a mutation, and a subscription that hears of the mutation.

export const url = process.env.COACHING_URL;
export const address = url.replace(/^http/, 'ws');
export const authorization = process.env.COACHING_AUTHORIZATION;

export const AREA = 'query Area { attributes(first: 1) { nodes { id } } }';
export const CREATE = `mutation Create($input: CreateCoachingGroupInput!) {
  createCoachingGroup(input: $input) { coachingGroup { id name } errors { code message } } }`;
export const CHANGED = `subscription Changed {
  coachingGroupChanged { coachingGroupId coachingGroup { id name } } }`;

const SECONDS = 20;

// `listen(next)` subscribes and gives what ends that; the others return data.
export async function attempt(client, { query, mutate, listen }) {
  const told = {};
  const heard = new Promise((resolve, reject) => {
    told.next = resolve;
    told.error = reject;
    setTimeout(() => reject(new Error('nothing was told in time')), SECONDS * 1000).unref();
  });
  heard.catch(() => {});
  const stop = await listen(told.next, told.error);
  const area = (await query(AREA)).attributes.nodes[0].id;
  await new Promise((resolve) => setTimeout(resolve, 500)); // the subscription is on its way
  const name = `Group of ${client} ${Date.now()}`;
  const { createCoachingGroup } = await mutate(CREATE, { input: { name, areaIds: [area] } });
  if (createCoachingGroup.errors.length) throw new Error(JSON.stringify(createCoachingGroup));
  const { coachingGroupChanged } = await heard;
  await stop();
  if (coachingGroupChanged.coachingGroup.name !== name) throw new Error('another group was told');
  return 'query, mutation, subscription';
}
