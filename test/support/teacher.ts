import { openStore } from '#server/store/open-store.ts';
import type { ApiClient, ServerForTest } from './start-server.ts';

/** Somebody who has pressed *Try it* and was made a teacher since. */
export async function teacherOf(server: ServerForTest): Promise<ApiClient> {
  const teacher = await server.tryIt();
  const store = await openStore(server.dataDir);
  await store.db.updateTable('participants').set({ role: 'teacher' }).where('id', '=', teacher.me.id).execute();
  await store.close();
  return teacher;
}
