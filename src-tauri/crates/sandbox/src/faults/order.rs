//! What is asked of the fault lab.

use http::Method;
use serde::Deserialize;
use serde_json::Value;

use super::{BEFORE_TABLE, Broken, FAULT_TABLE, Place, catalog, inject};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::{Journal, World};

const PATH: &str = "/_waybill/faults";

/// What is asked.
#[derive(Debug)]
pub(crate) enum Order {
    /// Every fault, and which are in force.
    List,
    /// Break this chain.
    Inject(Box<Injection>),
    /// Put everything back as it was before the first fault.
    Reset,
}

/// A fault and the chain that it breaks.
#[derive(Debug, Deserialize)]
pub(crate) struct Injection {
    /// The fault's id.
    fault: String,
    /// The chain.
    #[serde(flatten)]
    place: Place,
}

impl Order {
    /// The order of a request below `/_waybill/`; none where it is not for the fault lab.
    ///
    /// # Errors
    /// When it is, but cannot be read.
    pub(crate) fn read(method: &Method, path: &str, body: &[u8]) -> Result<Option<Self>, ApiError> {
        if path != PATH {
            return Ok(None);
        }
        match *method {
            Method::GET => Ok(Some(Self::List)),
            Method::DELETE => Ok(Some(Self::Reset)),
            Method::POST => {
                let injection: Injection = serde_json::from_slice(body).map_err(|source| ApiError::serialization(source.to_string()))?;
                if catalog::named(&injection.fault).is_none() {
                    return Err(ApiError::validation(format!("There is no fault `{}`.", injection.fault)));
                }
                Ok(Some(Self::Inject(Box::new(injection))))
            }
            _ => Err(ApiError::sender("MethodNotAllowed", "GET, POST or DELETE.").with_status(405)),
        }
    }

    /// Carries it out; answers the list afterwards.
    ///
    /// # Errors
    /// When the fault does not fit this chain, or a part of the chain is not there.
    pub(crate) fn run(&self, world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
        match self {
            Self::List => {}
            Self::Inject(injection) => injection.run(world, call, journal)?,
            Self::Reset => reset(world, call, journal),
        }
        Ok(Outcome::json::<Value>(&world.lab.list()))
    }
}

impl Injection {
    fn run(&self, world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<(), ApiError> {
        let source = &self.place.source;
        if !world.lab.before.contains_key(source) {
            let before = self.place.look(world);
            journal.put(BEFORE_TABLE, source.clone(), &before);
            world.lab.before.insert(source.clone(), before);
        }
        let held = inject::inject(&self.fault, &self.place, world, (call, journal))?;
        world.lab.keep(Broken { fault: self.fault.clone(), place: self.place.clone(), held }, journal);
        Ok(())
    }
}

fn reset(world: &mut World, call: &Call<'_>, journal: &mut Journal) {
    for (key, broken) in std::mem::take(&mut world.lab.faults) {
        inject::let_go(&broken, world, (call, journal));
        journal.delete(FAULT_TABLE, key);
    }
    for (source, before) in std::mem::take(&mut world.lab.before) {
        before.put_back(world, call.now_ms, journal);
        journal.delete(BEFORE_TABLE, source);
    }
}
