const part = (value: string | number) => encodeURIComponent(String(value));
const query = (values: Readonly<Record<string, string | number | undefined>>) => {
  const given = Object.entries(values).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  return given.length === 0 ? "" : `?${given.map(([key, value]) => `${key}=${part(value)}`).join("&")}`;
};

/** What the doctor is asked about: a run, one event type of it, or a delivery; and which tab answers. */
export interface DoctorAbout {
  run?: string;
  event?: string;
  delivery?: number;
  tab?: "rules";
}

/** The address of every place in the window; features link to each other through these only. */
export const paths = {
  overview: () => "#/overview",
  sources: () => "#/sources",
  source: (id: string | number, tab?: "actions" | "incidents") => `#/sources/${part(id)}${query({ tab })}`,
  actions: () => "#/actions",
  action: (id: string | number) => `#/actions/${part(id)}`,
  newAction: (source?: string | number) => `#/actions/new${query({ source })}`,
  copyAction: (id: string | number) => `#/actions/new${query({ copy: id })}`,
  newSetup: () => "#/setup/new",
  setup: (action?: string | number) => `#/setup${action === undefined ? "" : `/${part(action)}`}`,
  publish: (action?: string | number) => `#/publish${action === undefined ? "" : `/${part(action)}`}`,
  deliveries: (run?: string | number) => `#/deliveries${run === undefined ? "" : `/${part(run)}`}`,
  doctor: (action?: string | number, about: DoctorAbout = {}) => `#/doctor${action === undefined ? "" : `/${part(action)}`}${query({ ...about })}`,
  activity: () => "#/activity",
  connections: () => "#/connections",
  settings: () => "#/settings",
} as const;
