//! The keys of a site: a box is replaced, put back, revoked, moved, copied.

use std::time::{Duration, Instant};

use api::enrolment::{EnrolPoll, EnrolStatus};
use api::error::{ApiError, ErrorCode};
use api::id::{BootId, SiteId};
use api::key::{KeyEventKind, KeyState, SiteKeys};
use api::limit::{KEY_RESTORABLE, STEP_UP_LIFE};
use api::permission::Role;
use api::site::SiteStatus;
use domain::{Actor, Result};

use crate::support::screen::{ORIGIN, Screen};
use crate::support::{PASSWORD, World, admin, code_of, on_every_database, somebody};

on_every_database!(
    the_new_box_takes_over_at_its_first_use_and_not_before,
    the_box_of_before_can_be_put_back_for_seven_days,
    a_revoked_key_opens_nothing_within_seconds_on_every_instance,
    a_refused_box_shows_another_code,
    a_box_moves_to_another_site_only_when_that_is_said,
    a_box_that_was_replaced_moves_without_a_password,
    a_copied_card_is_named_and_a_restart_is_not,
    accepting_restoring_and_revoking_ask_for_the_password_again,
    only_admins_change_keys,
);

impl World {
    /// A second box whose code was typed on the page of `site`.
    async fn proposed(&self, site: SiteId) -> (Screen, String) {
        let screen = Screen::new();
        let answer = screen.enrol(self).await;
        self.accept(site, answer.code.as_str()).await.unwrap();
        (screen, answer.poll_secret)
    }

    /// A site whose box was replaced: the old one, the new one.
    async fn replaced(&self, site: SiteId) -> (Screen, Screen) {
        let (old, _) = self.linked(site).await;
        let (new, _) = self.proposed(site).await;
        self.accept_key(site, &new).await.unwrap();
        new.actor(self).await;
        (old, new)
    }

    async fn accept_key(&self, site: SiteId, screen: &Screen) -> Result<SiteKeys> {
        let keys = self.domain.linked_keys();
        keys.accept(&Actor::System, site, &screen.key_id()).await
    }

    async fn restore(&self, site: SiteId, screen: &Screen) -> Result<SiteKeys> {
        let keys = self.domain.linked_keys();
        keys.restore(&Actor::System, site, &screen.key_id()).await
    }

    async fn revoke(&self, site: SiteId, screen: &Screen) -> Result<SiteKeys> {
        let keys = self.domain.linked_keys();
        keys.revoke(&Actor::System, site, &screen.key_id()).await
    }

    async fn keys(&self, site: SiteId) -> SiteKeys {
        self.domain
            .linked_keys()
            .list(&admin(), site)
            .await
            .unwrap()
    }

    async fn poll(&self, secret: &str) -> EnrolStatus {
        let poll_secret = secret.to_owned();
        let poll = EnrolPoll { poll_secret };
        self.domain.enrolments().poll(poll).await.unwrap()
    }

    async fn refused(&self, screen: &Screen) -> ApiError {
        screen
            .token_for(&self.domain, ORIGIN)
            .await
            .unwrap_err()
            .into()
    }
}

fn states(keys: &SiteKeys) -> Vec<(String, KeyState)> {
    let mut states: Vec<_> = keys
        .keys
        .iter()
        .map(|key| (key.key_id.clone(), key.state))
        .collect();
    states.sort_by_key(|(_, state)| state.as_str());
    states
}

fn events(keys: &SiteKeys) -> Vec<KeyEventKind> {
    keys.events.iter().map(|event| event.what).collect()
}

async fn the_new_box_takes_over_at_its_first_use_and_not_before(world: World) {
    let site = world.site("Salle A").await;
    let (old, _) = world.linked(site).await;
    let (new, secret) = world.proposed(site).await;
    let pending = (new.key_id(), KeyState::Pending);
    let keys = world.keys(site).await;
    assert_eq!(
        states(&keys),
        [(old.key_id(), KeyState::Current), pending.clone()]
    );
    let shown = keys.in_state(KeyState::Pending).unwrap();
    assert!(!shown.is_accepted);
    assert_eq!(shown.hardware.model.as_deref(), Some("Raspberry Pi 4"));
    assert_eq!(shown.address, "192.0.2.1");
    // Nothing has changed for either box.
    world.refused(&new).await;
    assert_eq!(world.poll(&secret).await, EnrolStatus::Pending);

    let accepted = world.accept_key(site, &new).await.unwrap();
    assert_eq!(
        states(&accepted),
        [(old.key_id(), KeyState::Current), pending]
    );
    assert!(matches!(
        world.poll(&secret).await,
        EnrolStatus::Accepted { .. }
    ));
    let token = old.token_for(&world.domain, ORIGIN).await.unwrap().token;

    new.actor(&world).await;
    let keys = world.keys(site).await;
    assert_eq!(
        states(&keys),
        [
            (new.key_id(), KeyState::Current),
            (old.key_id(), KeyState::Retiring)
        ]
    );
    assert_eq!(world.refused(&old).await.code, ErrorCode::PlayerRefused);
    let players = world.domain.players();
    assert_eq!(
        code_of(players.authenticate(&token).await),
        ErrorCode::PlayerRefused
    );
    assert_eq!(
        events(&keys),
        [
            KeyEventKind::TookOver,
            KeyEventKind::Accepted,
            KeyEventKind::Proposed,
            KeyEventKind::Linked
        ]
    );
}

async fn the_box_of_before_can_be_put_back_for_seven_days(world: World) {
    let site = world.site("Salle A").await;
    let (old, new) = world.replaced(site).await;
    // Refused, it shows a code.
    let secret = old.enrol(&world).await.poll_secret;
    world.wait(KEY_RESTORABLE / 2);
    let secret = match world.poll(&secret).await {
        EnrolStatus::Expired => old.enrol(&world).await.poll_secret,
        _ => secret,
    };
    let keys = world.restore(site, &old).await.unwrap();
    assert_eq!(
        states(&keys),
        [
            (old.key_id(), KeyState::Current),
            (new.key_id(), KeyState::Retiring)
        ]
    );
    assert!(matches!(
        world.poll(&secret).await,
        EnrolStatus::Accepted { .. }
    ));
    old.token_for(&world.domain, ORIGIN).await.unwrap();
    world.refused(&new).await;

    // And back again, until the days are over.
    world.restore(site, &new).await.unwrap();
    world.wait(KEY_RESTORABLE);
    let late = world.restore(site, &old).await;
    assert_eq!(code_of(late), ErrorCode::Conflict);
    let world = world.restarted().await;
    let begun = Instant::now();
    while world.keys(site).await.keys.len() > 1 {
        assert!(begun.elapsed() < Duration::from_secs(10), "still kept");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(events(&world.keys(site).await)[0], KeyEventKind::Expired);
}

async fn a_revoked_key_opens_nothing_within_seconds_on_every_instance(world: World) {
    let site = world.site("Salle A").await;
    let (screen, _) = world.linked(site).await;
    let other = world.another_instance().await;
    let token = screen.token_for(&world.domain, ORIGIN).await.unwrap().token;
    other.players().authenticate(&token).await.unwrap();

    let keys = world.revoke(site, &screen).await.unwrap();
    assert!(keys.keys.is_empty());
    let begun = Instant::now();
    let here = world.domain.players().authenticate(&token).await;
    assert_eq!(code_of(here), ErrorCode::PlayerRefused);
    while other.players().authenticate(&token).await.is_ok() {
        assert!(begun.elapsed() < Duration::from_secs(5), "still signed in");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let seen = world.domain.sites().get(&admin(), site).await.unwrap();
    assert_eq!(seen.site.status, SiteStatus::Pending);
    assert!(seen.player.is_none());

    // Its holder learns that it needs another key; nobody else does.
    let told = world.refused(&screen).await;
    assert_eq!(told.code, ErrorCode::PlayerRefused);
    assert_eq!(told.fields[0].code, ErrorCode::KeyRevoked);
    let elsewhere = screen
        .token_for(&world.domain, "https://evil.example")
        .await;
    assert!(ApiError::from(elsewhere.unwrap_err()).fields.is_empty());
    other.close().await;
}

async fn a_refused_box_shows_another_code(world: World) {
    let site = world.site("Salle A").await;
    let (old, _) = world.linked(site).await;
    let (new, secret) = world.proposed(site).await;
    let keys = world.revoke(site, &new).await.unwrap();
    assert_eq!(states(&keys), [(old.key_id(), KeyState::Current)]);
    assert_eq!(world.poll(&secret).await, EnrolStatus::Expired);
    assert!(world.refused(&new).await.fields.is_empty());
    old.token_for(&world.domain, ORIGIN).await.unwrap();
}

async fn a_box_moves_to_another_site_only_when_that_is_said(world: World) {
    let (first, second) = (world.site("Salle A").await, world.site("Salle B").await);
    let (screen, _) = world.linked(first).await;
    let code = screen.enrol(&world).await.code;
    let found = world
        .domain
        .enrolments()
        .find(&admin(), code.as_str())
        .await;
    let linked_to = found.unwrap().linked_to.unwrap();
    assert_eq!(
        (linked_to.site_id, linked_to.state),
        (first, KeyState::Current)
    );
    let silent = world.accept(second, code.as_str()).await;
    assert_eq!(code_of(silent), ErrorCode::PlayerLinkedElsewhere);

    world
        .accept_from(second, code.as_str(), Some(first))
        .await
        .unwrap();
    let token = screen.token_for(&world.domain, ORIGIN).await.unwrap();
    assert_eq!(token.site_id, second);
    let left = world.domain.sites().get(&admin(), first).await.unwrap();
    assert_eq!(left.site.status, SiteStatus::Pending);
    let (from, to) = (world.keys(first).await, world.keys(second).await);
    assert_eq!(from.events[0].what, KeyEventKind::MovedAway);
    assert_eq!(from.events[0].other_site.as_deref(), Some("Salle B"));
    assert_eq!(to.events[0].what, KeyEventKind::Linked);
    assert_eq!(to.events[0].other_site.as_deref(), Some("Salle A"));
}

async fn a_box_that_was_replaced_moves_without_a_password(world: World) {
    let (first, second) = (world.site("Salle A").await, world.site("Salle B").await);
    let (old, new) = world.replaced(first).await;
    let code = old.enrol(&world).await.code.to_string();
    let accept = api::enrolment::AcceptEnrolment {
        code,
        move_from: Some(first),
    };
    let enrolments = world.domain.enrolments();
    enrolments.accept(&admin(), second, accept).await.unwrap();
    let token = old.token_for(&world.domain, ORIGIN).await.unwrap();
    assert_eq!(token.site_id, second);
    let kept = world.keys(first).await;
    assert_eq!(states(&kept), [(new.key_id(), KeyState::Current)]);

    // In use, it is not taken away without the password.
    let code = new.enrol(&world).await.code.to_string();
    let accept = api::enrolment::AcceptEnrolment {
        code,
        move_from: Some(first),
    };
    let refused = enrolments.accept(&admin(), second, accept).await;
    assert_eq!(code_of(refused), ErrorCode::StepUpRequired);
}

async fn a_copied_card_is_named_and_a_restart_is_not(world: World) {
    let site = world.site("Salle A").await;
    let (mut screen, _) = world.linked(site).await;
    let minute = Duration::from_mins(1);
    let clone_seen = async || {
        let detail = world.domain.sites().get(&admin(), site).await.unwrap();
        detail.site.clone_seen_at.is_some()
    };
    for _ in 0..3 {
        world.wait(minute);
        screen.boot = BootId::new();
        screen.actor(&world).await;
    }
    assert!(!clone_seen().await, "a restart is no copy");

    let copy = screen.clone();
    let token = screen.token_for(&world.domain, ORIGIN).await.unwrap().token;
    copy.actor(&world).await;
    world.wait(minute);
    assert!(!clone_seen().await, "a last restart would look the same");
    world.domain.players().authenticate(&token).await.unwrap();
    assert!(clone_seen().await);
    world.wait(minute);
    copy.actor(&world).await;
    assert_eq!(world.audited("player.clone_seen").await, 1);
    assert_eq!(
        world.keys(site).await.events[0].what,
        KeyEventKind::CloneSeen
    );

    // Resolved: neither box can come back with this key.
    world.revoke(site, &screen).await.unwrap();
    assert!(!clone_seen().await);
    for box_with_key in [&screen, &copy] {
        let told = world.refused(box_with_key).await;
        assert_eq!(told.fields[0].code, ErrorCode::KeyRevoked);
    }
}

async fn accepting_restoring_and_revoking_ask_for_the_password_again(world: World) {
    let site = world.site("Salle A").await;
    let (old, _) = world.linked(site).await;
    let (new, _) = world.proposed(site).await;
    let anne = world.signed_in().await;
    let keys = world.domain.linked_keys();
    let (old_id, new_id) = (old.key_id(), new.key_id());
    assert_eq!(
        code_of(keys.accept(&anne, site, &new_id).await),
        ErrorCode::StepUpRequired
    );
    let wrong = world.step_up(&anne, "Wrong horse 1").await;
    assert_eq!(code_of(wrong), ErrorCode::PasswordWrong);
    world.step_up(&anne, PASSWORD).await.unwrap();
    keys.accept(&anne, site, &new_id).await.unwrap();
    new.actor(&world).await;

    // Another session of hers is not opened by it, and this one not for ever.
    let elsewhere = world.signed_in().await;
    world.wait(STEP_UP_LIFE / 2);
    keys.restore(&anne, site, &old_id).await.unwrap();
    world.wait(STEP_UP_LIFE / 2);
    for session in [&anne, &elsewhere] {
        let refused = keys.revoke(session, site, &old_id).await;
        assert_eq!(code_of(refused), ErrorCode::StepUpRequired);
    }
    let shown = world.keys(site).await;
    let by: Vec<_> = shown.events.iter().map(|event| event.by.clone()).collect();
    assert_eq!(by[0].as_deref(), Some("Anne Durand"));
    assert_eq!(by[1], None, "the box took over by itself");
}

async fn only_admins_change_keys(world: World) {
    let site = world.site("Salle A").await;
    let (old, player) = world.linked(site).await;
    let (keys, key_id) = (world.domain.linked_keys(), old.key_id());
    for actor in [
        somebody(Role::Operator),
        somebody(Role::Viewer),
        somebody(Role::Sponsor),
        player,
    ] {
        for refused in [
            keys.accept(&actor, site, &key_id).await,
            keys.restore(&actor, site, &key_id).await,
            keys.revoke(&actor, site, &key_id).await,
        ] {
            assert_eq!(code_of(refused), ErrorCode::Forbidden);
        }
    }
    let listed = keys.list(&somebody(Role::Sponsor), site).await;
    assert_eq!(code_of(listed), ErrorCode::Forbidden);
    assert!(keys.list(&somebody(Role::Viewer), site).await.is_ok());
}
