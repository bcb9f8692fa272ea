const part = (value: string | number) => encodeURIComponent(String(value));
const query = (values: Record<string, string | number | undefined>) => {
  const given = Object.entries(values).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  return given.length === 0 ? "" : `?${given.map(([key, value]) => `${key}=${part(value)}`).join("&")}`;
};

/** The address of every place in the window; features link to each other through these only. */
export const paths = {
  overview: () => "#/overview",
  sources: () => "#/sources",
  source: (id: string | number) => `#/sources/${part(id)}`,
  actions: () => "#/actions",
  action: (id: string | number) => `#/actions/${part(id)}`,
  newAction: (source?: string | number) => `#/actions/new${query({ source })}`,
  setup: (action?: string | number) => `#/setup${action === undefined ? "" : `/${part(action)}`}`,
  publish: (action?: string | number) => `#/publish${action === undefined ? "" : `/${part(action)}`}`,
  deliveries: (run?: string | number) => `#/deliveries${run === undefined ? "" : `/${part(run)}`}`,
  connections: () => "#/connections",
} as const;
