import { Body, Controller, Delete, Get, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '#platform';
import {
  actorOf,
  Config,
  CurrentPerson,
  Id,
  ListOf,
  OneOf,
  PublicRoute,
  requestContext,
  RequirePolicy,
  Secret,
  Text,
  YesNo,
} from '#platform';
import type { CookieOptions, Request, Response } from 'express';
import { ChangePassword } from '../accounts/change-password';
import { AccessError } from '../errors';
import { OpenSession } from '../login/open-session';
import { ChangePreferences } from '../preferences/change-preferences';
import type { Preferences } from '../preferences/preferences';
import { languages, themes } from '../preferences/preferences';
import { CloseSession } from './close-session';
import { isOriginRight } from './forgery';
import type { SessionAnswer } from './session-answer';
import { ShowSession } from './show-session';
import { readSessionToken, sessionCookie } from './session-token';
import { SwitchOffice } from './switch-office';

export class LoginBody {
  @Text({ max: 100, description: 'Login name; upper and lower case are the same.', example: 'vanthu.tinhuy' })
  readonly loginName: string;

  @Secret({ max: 200 })
  readonly password: string;

  @Id({ optional: true, description: 'Which of several posts to act in.' })
  readonly appointmentId?: string;
}

export class OfficeBody {
  @Id({ description: 'One of the offices that the session names.' })
  readonly appointmentId: string;
}

export class SavedViewBody {
  @Text({ max: 60, example: 'Công văn chờ phát hành' })
  readonly name: string;

  @Text({ max: 500, pattern: /^\/(?![/\\])/, example: '/outgoing?state=AGENCY_SIGNED' })
  readonly path: string;
}

export class PreferencesBody {
  @OneOf(languages, { optional: true })
  readonly language?: Preferences['language'];

  @OneOf(themes, { optional: true })
  readonly theme?: Preferences['theme'];

  @YesNo({ optional: true, description: 'Whether short explanations are shown.' })
  readonly hints?: boolean;

  @YesNo({ optional: true, description: 'Whether the tour of the first login has been seen.' })
  readonly tourSeen?: boolean;

  @YesNo({ optional: true, description: 'Whether keys of one character do something.' })
  readonly keys?: boolean;

  @ListOf(() => SavedViewBody, {
    max: 20,
    optional: true,
    description: 'All places of the page that the person comes back to.',
  })
  readonly views?: readonly SavedViewBody[];
}

export class PasswordBody {
  @Secret({ max: 200 })
  readonly currentPassword: string;

  @Secret({ max: 200, description: 'At least 12 characters.' })
  readonly newPassword: string;
}

/** Without Max-Age the cookie ends with the browser; the server ends the session by its own clock. */
const cookieOptions: CookieOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' };

@ApiTags('session')
@Controller('api/v1/session')
export class SessionController {
  constructor(
    private readonly openSession: OpenSession,
    private readonly closeSession: CloseSession,
    private readonly showSession: ShowSession,
    private readonly switchOffice: SwitchOffice,
    private readonly changePreferences: ChangePreferences,
    private readonly changePassword: ChangePassword,
    private readonly config: Config,
  ) {}

  @Post()
  @PublicRoute('whoever logs in is not known yet')
  @ApiOperation({ summary: 'Logs in; the session travels in a cookie, its CSRF token in the answer.' })
  async open(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body() body: LoginBody,
  ): Promise<SessionAnswer> {
    // Another site must not log somebody in under a name of its own choice.
    if (!isOriginRight(request, this.config.origins))
      throw new AccessError('ORIGIN_REFUSED', 'login from another site');
    const { ip } = requestContext(request);
    try {
      const opened = await this.openSession.open(actorOf(request), ip, body);
      response.cookie(sessionCookie, opened.token, cookieOptions);
      return opened.answer;
    } catch (error) {
      const wait = error instanceof AccessError ? error.facts['retryAfterSeconds'] : undefined;
      if (typeof wait === 'number') response.setHeader('Retry-After', String(wait));
      throw error;
    }
  }

  @Get()
  @RequirePolicy('session.read')
  @ApiOperation({
    summary:
      'Who is logged in, in which office, with which rights and keys, and the CSRF token of the session.',
  })
  show(@CurrentPerson() person: PersonActor, @Req() request: Request): Promise<SessionAnswer> {
    return this.showSession.show(person, readSessionToken(request.headers.cookie) ?? '');
  }

  @Post('office')
  @HttpCode(200)
  @RequirePolicy('session.change')
  @ApiOperation({ summary: 'Goes on in another of the posts that the person holds.' })
  office(
    @CurrentPerson() person: PersonActor,
    @Req() request: Request,
    @Body() { appointmentId }: OfficeBody,
  ): Promise<SessionAnswer> {
    const token = readSessionToken(request.headers.cookie) ?? '';
    return this.switchOffice.switch(person, token, appointmentId);
  }

  @Post('password')
  @HttpCode(204)
  @RequirePolicy('session.change')
  @ApiOperation({ summary: 'Changes the own password; all other sessions of the person end.' })
  @ApiNoContentResponse()
  password(
    @CurrentPerson() person: PersonActor,
    @Body() { currentPassword, newPassword }: PasswordBody,
  ): Promise<void> {
    return this.changePassword.change(person, { current: currentPassword, fresh: newPassword });
  }

  @Put('preferences')
  @RequirePolicy('session.change')
  @ApiOperation({ summary: 'How the own page looks and works; what is left out stays.' })
  preferences(@CurrentPerson() person: PersonActor, @Body() wishes: PreferencesBody): Promise<Preferences> {
    return this.changePreferences.change(person, wishes);
  }

  @Delete()
  @HttpCode(204)
  @RequirePolicy('session.close')
  @ApiOperation({ summary: 'Logs out: the session ends on the server at once.' })
  @ApiNoContentResponse()
  async close(
    @CurrentPerson() person: PersonActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.closeSession.close(person);
    response.clearCookie(sessionCookie, cookieOptions);
  }
}
