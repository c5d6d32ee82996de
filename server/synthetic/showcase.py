"""The demo workspace: the plan of `showcase_plan`, played through."""

import datetime as dt
import uuid
from collections.abc import Iterable

from models import Bookmark, BookmarkConversation, MarkState, Role, Status
from server.synthetic import coaching, conversations, organisation, showcase_staff
from server.synthetic import showcase_plan as plan
from server.synthetic.chance import Chance
from server.synthetic.coaching import Dispatch, Work
from server.synthetic.conversations import Held, Place
from server.synthetic.organisation import OF_AGENTS, QUEUES, TEAMS, Coached
from server.synthetic.reviews import Review, add_draft
from server.synthetic.rows import Row
from server.synthetic.scripts import ACCOUNTS

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


class Showcase:
    """All rows of the demo workspace, as of `now`."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.chance = Chance("demo")
        self.made = organisation.found(
            self.chance,
            name="Demo",
            domain="demo.example",
            time_zone="Europe/Berlin",
            since=now - 400 * DAY,
        )
        self.rows, self.users = self.made.rows, self.made.users
        local = now.astimezone(self.made.days.zone)
        self.today = local.date()
        self.midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        showcase_staff.add(self.made)
        self.agents = [self._add_agent(number, name) for number, name in enumerate(plan.AGENTS, 1)]
        self.assignment_ids: list[uuid.UUID] = []
        self.good: list[Held] = []
        self.best_practice = self._add_bookmark("Best practice", "qa", "#2f855a")
        self._learn()
        for story in plan.STORIES:
            self._tell(story)
        self._fill_up()
        self._tag()
        for single in plan.SINGLES:
            self._assign(single)
        for team in plan.SENT:
            self._send(team)
        for pending in plan.PENDING:
            self._gather(pending)
        for mark in plan.MARKS:
            self._mark(mark)
        # Last, so that nothing else that is made by chance depends on it.
        begun = max(self.good, key=lambda held: held.started_at)
        at = self._after(begun.ended_at, 1)
        add_draft(self.made, begun, self.users["qa"], at)
        self.made.days.add_to(self.rows)

    def _add_agent(self, number: int, name: str) -> Coached:
        agent = self.made.add_agent(number, name, team=TEAMS[number % len(TEAMS)])
        email = "agent" if number == 1 else f"agent{number}"
        self.made.add_user(email, name, Role.AGENT, OF_AGENTS, agent_id=agent.id)
        return agent

    def _areas(self, names: Iterable[str]) -> list[uuid.UUID]:
        return [self.made.attributes[name] for name in names]

    def _moment(self, ago: int) -> dt.datetime:
        """A working hour `ago` days before today, or this morning."""
        minutes = self.chance.randint(9 * 60, 16 * 60)
        return min(self.midnight - ago * DAY + dt.timedelta(minutes=minutes), self.now - HOUR)

    def _learn(self) -> None:
        """Let coaching show in the scores of what comes after it."""
        for single in plan.SINGLES:
            if single.target is Status.COMPLETED:
                self._teach(single.agent, single.areas, single.ago)
        for team in plan.SENT:
            for member, target in team.members.items():
                if target is Status.COMPLETED:
                    self._teach(member, team.areas, team.ago)

    def _teach(self, agent: int, areas: Iterable[str], ago: int) -> None:
        for area in self._areas(areas):
            lessons = self.agents[agent].lessons.setdefault(area, [])
            lessons += [self.midnight - ago * DAY] * 2

    def _hold(self, agent: Coached, ago: int, place: Place) -> Held:
        exchanges = self.chance.randint(3, 4)
        return conversations.hold(
            self.made, agent, self._moment(ago), place=place, exchanges=exchanges
        )

    def _review(self, held: Held, *, by: str | None = None) -> Review:
        """Audit a conversation on its day, by the lead now and then where it is the lead's."""
        leads = held.row["queue_id"] in {self.made.queues[queue] for queue in showcase_staff.LEADS}
        auditor = by or ("lead" if leads and self.chance.yes(0.4) else "qa")
        return Review(self.made, held, self.users[auditor], self._after(held.ended_at, 2))

    def _after(self, moment: dt.datetime, hours: float) -> dt.datetime:
        return min(moment + hours * HOUR, self.now - dt.timedelta(minutes=10))

    def _tell(self, story: plan.Story) -> None:
        """Play an audit and what followed."""
        agent = self.agents[story.agent]
        place = (ACCOUNTS, plan.CHAT)
        if story.channel is not None:
            place = conversations.disputable(self.made, agent, story.channel)
        held = self._hold(agent, story.ago, place)
        review = self._review(held)
        for number, step in enumerate(story.steps, 1):
            at = self._after(held.ended_at, 2 + 23 * number)
            match step:
                case "accept":
                    review.accept(at)
                case "dispute":
                    review.dispute(at)
                case "withdraw":
                    review.withdraw(at)
                case "resolve":
                    review.resolve(at)
                case "audit again":
                    review.audit_again(self.users["auditor"], at)
                case "expire":
                    review.expire()

    def _fill_up(self) -> None:
        """Give every agent the same number of conversations, over all weeks."""
        needed = plan.needed()
        for place, agent in enumerate(self.agents):
            for _ in range(plan.CONVERSATIONS - needed[place]):
                ago = self.chance.randint(0, 7 * plan.WEEKS - 1)
                held = self._hold(agent, ago, conversations.anywhere(self.made, agent))
                if held.good:
                    self.good.append(held)

    def _add_bookmark(self, name: str, owner: str, colour: str) -> Row:
        return self.rows.add(
            Bookmark,
            id=self.chance.uuid(),
            name=name,
            user_id=self.users[owner],
            colour=colour,
            created_at=self.made.since,
        )

    def _tag(self) -> None:
        """Put bookmarks on conversations: the good ones, and two that the lead wants to discuss."""
        leads = {self.made.queues[queue] for queue in showcase_staff.LEADS}
        discuss = self._add_bookmark("To discuss", "lead", "#b7791f")
        self.good.sort(key=lambda held: held.started_at)
        tags = [(self.best_practice, held) for held in self.good]
        tags += [(discuss, h) for h in self.good if h.row["queue_id"] in leads][:2]
        for bookmark, held in tags:
            self.rows.add(BookmarkConversation, bookmark_id=bookmark["id"], conversation_id=held.id)

    def _best(self, agent: Coached, before: dt.datetime, count: int) -> list[Held]:
        """Good examples of others, as they were known by then."""
        known = [h for h in self.good if h.agent is not agent and h.ended_at < before]
        return known[:count]

    def _work(
        self, agent: Coached, ago: int, target: Status, *, by: str
    ) -> tuple[list[Held], dict[uuid.UUID, Review]]:
        """Two conversations in the days before, the first of them audited."""
        place = conversations.disputable(self.made, agent)
        if by == "lead":
            place = next(queue for queue in agent.queues if queue in showcase_staff.LEADS), place[1]
        held = [self._hold(agent, ago + self.chance.randint(3, 6), place)]
        held.append(self._hold(agent, ago + self.chance.randint(1, 3), place))
        review = self._review(held[0], by=by)
        match target:
            case Status.PENDING_AGENT_REVIEW:
                pass
            case Status.PENDING_SUPERVISOR_REVIEW:
                review.dispute(self._after(held[0].ended_at, 20))
            case _:
                review.accept(self._after(held[0].ended_at, 20))
        return held, {held[0].id: review}

    def _assign(self, single: plan.Single) -> None:
        agent, at = self.agents[single.agent], self._moment(single.ago)
        held, reviews = self._work(agent, single.ago, single.target, by=single.by)
        areas = self._areas(single.areas)
        best = self._best(agent, at, single.best)
        work = Work(
            agent=agent,
            name=single.name,
            by=self.users[single.by],
            at=at,
            follow_up_on=self.today + single.follow_up * DAY,
            areas=areas,
            conversations=held,
            best=best,
            reviews=reviews,
        )
        row = self._finish(work, single.target)
        if single.from_mark:
            self._consumed(agent, work, row)

    def _finish(self, work: Work, target: Status, group: Row | None = None) -> Row:
        """Bring an assignment to where it is meant to stand."""
        items = len(work.conversations) + len(work.best)
        match target:
            case Status.NOT_STARTED:
                work.reviewed = 0
            case Status.COMPLETED:
                work.reviewed = items
            case _:
                work.reviewed = items - 1
        until = min(work.at + 4 * DAY, self.now)
        work.cancelled_at = until if target is Status.CANCELLED else None
        row = coaching.assign(self.made, work, until=until, group=group)
        self.assignment_ids.append(row["id"])
        return row

    def _consumed(self, agent: Coached, work: Work, row: Row, group: Row | None = None) -> None:
        """Add the mark that an assignment came from."""
        coaching.mark(
            self.made,
            agent,
            by=work.by,
            at=work.at - HOUR,
            areas=work.areas[:1],
            conversations=work.conversations,
            state=MarkState.ASSIGNED,
            group=group,
            assignment=row,
        )

    def _send(self, team: plan.Team) -> None:
        at = self._moment(team.ago)
        sent = Dispatch(at=at, name=team.called, follow_up_on=self.today + team.follow_up * DAY)
        areas = self._areas(team.areas)
        members = [self.agents[member] for member in team.members]
        group = coaching.add_group(
            self.made,
            team.name,
            by=self.users["qa"],
            at=at - DAY,
            areas=areas,
            members=members,
            description=f"Coaching for {len(members)}: {', '.join(team.areas)}.",
            sent=sent,
        )
        assignments = []
        for agent, target in zip(members, team.members.values(), strict=True):
            held, reviews = self._work(agent, team.ago, target, by="qa")
            work = Work(
                agent=agent,
                name=team.called,
                by=self.users["qa"],
                at=at,
                follow_up_on=sent.follow_up_on,
                areas=areas,
                conversations=held,
                reviews=reviews,
            )
            row = self._finish(work, target, group)
            self._consumed(agent, work, row, group)
            assignments.append(row)
        coaching.count_members(group, assignments)

    def _gather(self, pending: plan.Pending) -> None:
        """Add a group that is not sent, with the marks of its members."""
        group = coaching.add_group(
            self.made,
            pending.name,
            by=self.users["qa"],
            at=self._moment(4),
            areas=self._areas(pending.areas),
            members=[self.agents[member] for member in pending.members],
            description=pending.description,
            deleted=pending.deleted,
        )
        for member, area in pending.members.items():
            if area is not None:
                self._mark(plan.LooseMark(member, (area,)), group)

    def _mark(self, mark: plan.LooseMark, group: Row | None = None) -> None:
        agent = self.agents[mark.agent]
        reached = showcase_staff.LEADS if mark.by == "lead" else QUEUES
        queue = next(queue for queue in agent.queues if queue in reached)
        held = self._hold(agent, 4, (queue, plan.CHAT))
        coaching.mark(
            self.made,
            agent,
            by=self.users[mark.by],
            at=self._moment(1),
            areas=self._areas(mark.areas),
            conversations=[held],
            state=MarkState.REMOVED if mark.removed else MarkState.ACTIVE,
            group=group,
        )
