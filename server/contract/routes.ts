import { gradingRoutes } from './grading-routes.ts';
import { labRoutes } from './lab-routes.ts';
import { lineRoutes } from './line-routes.ts';
import { opcuaPaneRoutes } from './opcua-pane-routes.ts';
import { peopleRoutes } from './people-routes.ts';

/** All routes. Nothing is served that does not stand here. */
export const routes = { ...peopleRoutes, ...labRoutes, ...gradingRoutes, ...lineRoutes, ...opcuaPaneRoutes } as const;

export type RouteName = keyof typeof routes;
